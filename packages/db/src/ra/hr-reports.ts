import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';
import { cutPage, type Page } from './page.ts';

/** What a feed told of a person, and what became of it. */
export interface HrReport {
  readonly id: number;
  readonly feedId: string;
  /** The sender's own id of what it told, with SHA-256 of the body; null for SCIM. */
  readonly eventId: string | null;
  readonly bodySha256: Uint8Array | null;
  readonly agencyId: string;
  readonly personId: string;
  readonly kind: 'leaver' | 'mover' | 'name-change';
  /** When it takes effect; null for at once. */
  readonly effectiveAt: Date | null;
  readonly detail: unknown;
  /** Why somebody has to confirm it; null when it was declared at once. */
  readonly waitsFor: 'evidence' | 'daily-cap' | 'revocation-cap' | null;
  readonly lifeEventId: number | null;
  readonly receivedAt: Date;
  readonly end: HrReportEnd | null;
}

export interface HrReportEnd {
  readonly outcome: 'confirmed' | 'dismissed';
  readonly lifeEventId: number | null;
  readonly reason: string | null;
  readonly endedBy: string;
  readonly endedAt: Date;
}

/** Records what a feed told. The schema refuses more declared than the feed's cap (SE033), and feeds that are over (SE032). */
export async function insertHrReport(tx: Tx, report: Omit<HrReport, 'id' | 'end'>): Promise<number> {
  const { id } = await tx
    .insertInto('hr_reports')
    .values({
      feed_id: report.feedId,
      event_id: report.eventId,
      body_sha256: report.bodySha256,
      agency_id: report.agencyId,
      person_id: report.personId,
      kind: report.kind,
      effective_at: report.effectiveAt,
      detail: JSON.stringify(report.detail),
      waits_for: report.waitsFor,
      life_event_id: report.lifeEventId,
      received_at: report.receivedAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Decides what waits, once: a second decision is refused by the schema (23505). */
export async function endHrReport(tx: Tx, id: number, end: Omit<HrReportEnd, 'endedAt'>): Promise<void> {
  await tx
    .insertInto('hr_report_ends')
    .values({
      report_id: id,
      outcome: end.outcome,
      life_event_id: end.lifeEventId,
      reason: end.reason,
      ended_by: end.endedBy,
    })
    .execute();
}

/** How much a feed had declared after a time. */
export async function countDeclared(tx: Tx, feedId: string, after: Date): Promise<number> {
  const { count } = await tx
    .selectFrom('hr_reports')
    .select((build) => build.fn.countAll<number>().as('count'))
    .where('feed_id', '=', feedId)
    .where('waits_for', 'is', null)
    .where('received_at', '>', after)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function findHrReport(db: Database | Tx, id: number): Promise<HrReport | undefined> {
  const row = await reports(db).where('r.id', '=', id).executeTakeFirst();
  return row && reportOf(row);
}

/** What a feed told under an id of its own. */
export async function findHrReportByEvent(tx: Tx, feedId: string, eventId: string): Promise<HrReport | undefined> {
  const row = await reports(tx).where('r.feed_id', '=', feedId).where('r.event_id', '=', eventId).executeTakeFirst();
  return row && reportOf(row);
}

/** A leaver of this person who waits for somebody, from this feed. */
export async function findWaitingLeaver(tx: Tx, feedId: string, personId: string): Promise<HrReport | undefined> {
  const row = await reports(tx)
    .where('r.feed_id', '=', feedId)
    .where('r.person_id', '=', personId)
    .where('r.kind', '=', 'leaver')
    .where('r.waits_for', 'is not', null)
    .where('n.outcome', 'is', null)
    .orderBy('r.id')
    .limit(1)
    .executeTakeFirst();
  return row && reportOf(row);
}

/** What feeds told, newest first. */
export async function listHrReports(
  db: Database,
  filter: { readonly agencyId?: string; readonly feedId?: string; readonly waiting?: boolean },
  size: number,
  before: number | undefined,
): Promise<Page<HrReport, number>> {
  let query = reports(db)
    .orderBy('r.id', 'desc')
    .limit(size + 1);
  if (filter.agencyId !== undefined) query = query.where('r.agency_id', '=', filter.agencyId);
  if (filter.feedId !== undefined) query = query.where('r.feed_id', '=', filter.feedId);
  if (filter.waiting === true) query = query.where('r.waits_for', 'is not', null).where('n.outcome', 'is', null);
  if (filter.waiting === false)
    query = query.where((where) => where.or([where('r.waits_for', 'is', null), where('n.outcome', 'is not', null)]));
  if (before !== undefined) query = query.where('r.id', '<', before);
  const rows = (await query.execute()).map(reportOf);
  return cutPage(rows, size, ({ id }) => id);
}

/** When each of some feeds told something last; those that told nothing are left out. */
export async function readLastReports(db: Database, feedIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select f.id, r.received_at as at from unnest(${feedIds}::uuid[]) as f(id)
      cross join lateral (select received_at from hr_reports where feed_id = f.id order by id desc limit 1) r`.execute(
    db,
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}

function reports(db: Database | Tx) {
  return db
    .selectFrom('hr_reports as r')
    .leftJoin('hr_report_ends as n', 'n.report_id', 'r.id')
    .selectAll('r')
    .select(['n.outcome', 'n.life_event_id as ended_life_event_id', 'n.reason', 'n.ended_by', 'n.ended_at']);
}

type Row = Awaited<ReturnType<ReturnType<typeof reports>['executeTakeFirstOrThrow']>>;

function reportOf(row: Row): HrReport {
  const { outcome, ended_by: endedBy, ended_at: endedAt } = row;
  return {
    id: row.id,
    feedId: row.feed_id,
    eventId: row.event_id,
    bodySha256: row.body_sha256,
    agencyId: row.agency_id,
    personId: row.person_id,
    kind: row.kind,
    effectiveAt: row.effective_at,
    detail: row.detail,
    waitsFor: row.waits_for,
    lifeEventId: row.life_event_id,
    receivedAt: row.received_at,
    end:
      outcome !== null && endedBy !== null && endedAt !== null
        ? { outcome, lifeEventId: row.ended_life_event_id, reason: row.reason, endedBy, endedAt }
        : null,
  };
}
