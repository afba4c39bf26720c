import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';
import type { AuditEventRow } from './leaf.ts';

/** An entry of the log with its event; without one when the event is gone. */
export interface LogRow {
  readonly seq: number;
  readonly eventId: number;
  readonly leafHash: Uint8Array;
  readonly event: AuditEventRow | undefined;
}

/** How many entries the log has, by its last number. */
export async function readLogSize(db: Database | Tx): Promise<number> {
  const row = await db.selectFrom('log_entries').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row ? row.seq + 1 : 0;
}

/**
 * Leaf hashes of the entries from..from+limit-1, in order, as far as they exist. Throws RangeError when a number is missing in
 * between. Not checked: whether they are the hashes of the events.
 */
export async function readLeafHashes(db: Database | Tx, from: number, limit: number): Promise<Uint8Array[]> {
  const rows = await db
    .selectFrom('log_entries')
    .select(['seq', 'leaf_hash'])
    .where('seq', '>=', from)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row, at) => {
    if (row.seq !== from + at) throw new RangeError(`the log has no entry ${from + at}`);
    return row.leaf_hash;
  });
}

/** Entries from a number on with their events, in order, at most `limit`. Nothing is checked. */
export async function readLogRows(db: Database | Tx, from: number, limit: number): Promise<LogRow[]> {
  const answer = await sql<
    Omit<AuditEventRow, 'id'> & { seq: number; eventId: number; leafHash: Uint8Array; id: number | null }
  >`
    select l.seq, l.event_id as "eventId", l.leaf_hash as "leafHash",
      e.id, e.at, e.login, e.kind, e.outcome, e.actor::text as actor, e.object_type as "objectType", e.object_id as "objectId",
      e.detail::text as detail
    from (select * from log_entries where seq >= ${from} order by seq limit ${limit}) l
    left join audit_events e on e.id = l.event_id
    order by l.seq`.execute(db);
  return answer.rows.map(({ seq, eventId, leafHash, id, ...event }) => ({
    seq,
    eventId,
    leafHash,
    event: id === null ? undefined : { id, ...event },
  }));
}

/** Events that have no place in the log yet. Looks through all of them. */
export async function countUnsequenced(db: Database | Tx): Promise<number> {
  const answer = await sql<{ count: number }>`
    select count(*) as count from audit_events e
    where not exists (select from log_entries l where l.event_id = e.id)`.execute(db);
  return answer.rows[0]?.count ?? 0;
}

/** Whether any entry from a number on is about more than checkpoints themselves. */
export async function hasNews(db: Database | Tx, from: number): Promise<boolean> {
  const answer = await sql<{ news: boolean }>`
    select exists (
      select from log_entries l join audit_events e on e.id = l.event_id
      where l.seq >= ${from} and not starts_with(e.kind, 'checkpoint.')
    ) as news`.execute(db);
  return answer.rows[0]?.news ?? false;
}
