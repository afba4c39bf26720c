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
