import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import { cutPage, likePrefix, type Page } from './page.ts';

export interface AuditEventRow {
  readonly id: number;
  readonly at: Date;
  readonly login: string;
  readonly kind: string;
  readonly outcome: 'success' | 'failure';
  readonly actor: unknown;
  readonly objectType: string;
  readonly objectId: string;
  readonly detail: unknown;
}

export interface AuditFilter {
  /** The start of the kind: `order.` */
  readonly kind?: string;
  readonly objectId?: string;
  readonly outcome?: 'success' | 'failure';
  /** Who did it: the id of a person. */
  readonly personId?: string;
  /** Of one agency, where the event says of which. */
  readonly agencyId?: string;
  readonly from?: Date;
  readonly until?: Date;
}

/** Audit events, the newest first. `after` is the id of the last one seen. */
export async function listAuditEvents(
  db: Database,
  filter: AuditFilter,
  size: number,
  after: number | undefined,
): Promise<Page<AuditEventRow, number>> {
  let query = db
    .selectFrom('audit_events')
    .select(['id', 'at', 'login', 'kind', 'outcome', 'actor', 'object_type', 'object_id', 'detail'])
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (filter.kind !== undefined) query = query.where('kind', 'like', likePrefix(filter.kind));
  if (filter.objectId !== undefined) query = query.where('object_id', '=', filter.objectId);
  if (filter.outcome !== undefined) query = query.where('outcome', '=', filter.outcome);
  if (filter.personId !== undefined) query = query.where(sql`actor->>'personId'`, '=', filter.personId);
  if (filter.agencyId !== undefined) query = query.where(ofAgency(filter.agencyId));
  const numbers = await numbersWithin(db, filter);
  if (numbers === 'none') return { rows: [], next: undefined };
  if (filter.from) query = query.where('at', '>=', filter.from).where('id', '>=', numbers.from);
  if (filter.until) query = query.where('at', '<', filter.until).where('id', '<=', numbers.until);
  if (after !== undefined) query = query.where('id', '<', after);
  const rows = (await query.execute()).map((row) => ({
    id: row.id,
    at: row.at,
    login: row.login,
    kind: row.kind,
    outcome: row.outcome,
    actor: row.actor,
    objectType: row.object_type,
    objectId: row.object_id,
    detail: row.detail,
  }));
  return cutPage(rows, size, (event) => event.id);
}

/** The agency that an event names, else the one that its actor acted for, else the one that it is about. As it is indexed. */
function ofAgency(agencyId: string) {
  return sql<boolean>`coalesce(detail->>'agencyId', actor->>'agencyId', case when object_type = 'agency' then object_id end) = ${agencyId}`;
}

/** Events of one moment may have numbers in another order than times; by so many at most, since transactions are short. */
const SLACK = 10_000;

/** Between which numbers the events of a time are, so that a page is found without looking through all that came later. */
async function numbersWithin(
  db: Database,
  { from, until }: AuditFilter,
): Promise<'none' | { readonly from: number; readonly until: number }> {
  const events = db.selectFrom('audit_events').select('id').limit(1);
  const [first, last] = await Promise.all([
    from && events.where('at', '>=', from).orderBy('at').orderBy('id').executeTakeFirst(),
    until && events.where('at', '<', until).orderBy('at', 'desc').orderBy('id', 'desc').executeTakeFirst(),
  ]);
  if ((from && !first) || (until && !last)) return 'none';
  return { from: Math.max(0, (first?.id ?? 0) - SLACK), until: (last?.id ?? 0) + SLACK };
}
