import { leafHash } from '@see/merkle';
import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import { type Tx, withTransaction } from '../transaction.ts';
import { type AuditEventRow, auditLeafData } from './leaf.ts';

/** What one run of the sequencer did. */
export interface SequencedBatch {
  /** Another sequencer was at work: nothing was done. */
  readonly busy: boolean;
  readonly appended: number;
  /** Entries in the log now; not known when busy. */
  readonly size: number;
  /** The batch was full: there may be more, with ids above `lastId`. */
  readonly more: boolean;
  /** Id of the last event appended. */
  readonly lastId?: number;
}

/** Most events that one transaction puts into the log. */
export const SEQUENCE_BATCH = 1000;

/** Advisory lock of the sequencer: whoever holds it is the only one. */
const LOCK = [0x5ee, 1] as const;

/**
 * Gives the next numbers of the log, without gaps, to committed events that have none, in the order of their ids; at most 1,000 in
 * one transaction. An event whose transaction commits late comes after events with higher ids: what is missing is found by looking
 * for it, not by a high-water mark. `afterId` leaves older events out of the search and may be a guess that is repaired by a later
 * search from 0.
 */
export async function sequenceEvents(db: Database, afterId: number): Promise<SequencedBatch> {
  return withTransaction(db, async (tx) => {
    const lock = await sql<{ taken: boolean }>`
      select pg_try_advisory_xact_lock(${LOCK[0]}, ${LOCK[1]}) as taken`.execute(tx);
    if (!lock.rows[0]?.taken) return { busy: true, appended: 0, size: 0, more: false };
    // The lock is given back after its holder's commit is visible, so the size is the last one.
    const first = await nextNumber(tx);
    const events = await readUnsequenced(tx, afterId);
    if (events.length > 0) {
      await sql`
        insert into log_entries (seq, event_id, leaf_hash)
        select ${first}::bigint + at - 1, event_id, leaf_hash
        from unnest(${events.map(({ id }) => id)}::bigint[], ${events.map((event) => hashOf(event))}::bytea[])
          with ordinality as e (event_id, leaf_hash, at)`.execute(tx);
    }
    const appended = events.length;
    const lastId = events.at(-1)?.id;
    const more = appended === SEQUENCE_BATCH;
    return { busy: false, appended, size: first + appended, more, ...(lastId !== undefined && { lastId }) };
  });
}

/** The leaf hash of an event. */
function hashOf(event: AuditEventRow): Uint8Array {
  return leafHash(auditLeafData(event));
}

async function nextNumber(tx: Tx): Promise<number> {
  const row = await tx.selectFrom('log_entries').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row ? row.seq + 1 : 0;
}

async function readUnsequenced(tx: Tx, afterId: number): Promise<AuditEventRow[]> {
  const answer = await sql<AuditEventRow>`
    select e.id, e.at, e.login, e.kind, e.outcome, e.actor::text as actor, e.object_type as "objectType", e.object_id as "objectId",
      e.detail::text as detail
    from audit_events e
    where e.id > ${afterId}
      -- Said twice, because the planner does not carry the bound over and would read the whole log each second.
      and not exists (select from log_entries l where l.event_id = e.id and l.event_id > ${afterId})
    order by e.id limit ${SEQUENCE_BATCH}`.execute(tx);
  return answer.rows;
}
