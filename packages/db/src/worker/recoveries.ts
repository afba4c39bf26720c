import { moveOf, RECOVERY_CLOSES_AFTER_SECONDS, RECOVERY_MACHINE } from '@see/domain';
import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A recovery whose time was over. */
export interface OverdueRecovery {
  readonly id: string;
  readonly event: 'expire' | 'end';
  /** The state it was in. */
  readonly before: string;
  readonly after: string;
}

/**
 * Ends recoveries that were not released in time, and released ones that nobody closed, by the database's clock; at most
 * `limit` of each, and none that another transaction has in hand. What was opened for them is erased by the schema.
 */
export async function endOverdueRecoveries(tx: Tx, limit: number): Promise<OverdueRecovery[]> {
  const ended: OverdueRecovery[] = [];
  for (const event of ['expire', 'end'] as const) {
    const { from, to } = moveOf(RECOVERY_MACHINE, event);
    const reason = event === 'expire' ? 'not released in time' : 'nobody closed it in time';
    const answer = await sql<{ id: string; before: string }>`
      with over as (
        select id, state as before from recoveries
        where state = any(${from}::text[]) and case when ${event} = 'expire' then expires_at < clock_timestamp()
          else released_at < clock_timestamp() - make_interval(secs => ${RECOVERY_CLOSES_AFTER_SECONDS}) end
        order by created_at, id limit ${limit} for no key update skip locked
      )
      update recoveries r set state = ${to}, state_reason = ${reason} from over where r.id = over.id
      returning r.id, over.before`.execute(tx);
    ended.push(...answer.rows.map((row) => ({ ...row, event, after: to })));
  }
  return ended;
}

/** A holder who is to be told that their key was opened. */
export interface DueRecoveryNotice {
  readonly recoveryId: string;
  readonly recipient: string;
  readonly agencyId: string | null;
}

/**
 * Holders of keys that were released for whom no letter was asked for yet, the oldest release first. Left out is whoever
 * is not to be told, as two agents signed it, and who has no address.
 */
export async function readDueRecoveryNotices(db: Database, limit: number): Promise<DueRecoveryNotice[]> {
  const answer = await sql<DueRecoveryNotice>`
    select r.id as "recoveryId", p.email as recipient, p.agency_id as "agencyId"
    from recoveries r join people p on p.id = r.subject_id
    where r.released_at is not null and not r.notice_suppressed and p.email is not null
      and not exists (select from recovery_notices n where n.recovery_id = r.id)
    order by r.released_at, r.id limit ${limit}`.execute(db);
  return answer.rows;
}

/** Records that a holder's letter was asked for; false when it was before. */
export async function insertRecoveryNotice(tx: Tx, notice: DueRecoveryNotice): Promise<boolean> {
  const inserted = await tx
    .insertInto('recovery_notices')
    .values({ recovery_id: notice.recoveryId, recipient: notice.recipient })
    .onConflict((conflict) => conflict.column('recovery_id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** A released recovery as its letter tells of it. */
export async function findReleasedRecovery(
  db: Database,
  id: string,
): Promise<{ readonly serial: Uint8Array; readonly releasedAt: Date; readonly content: Uint8Array } | undefined> {
  const row = await db
    .selectFrom('recoveries as r')
    .innerJoin('certificates as c', 'c.id', 'r.certificate_id')
    .select(['c.serial', 'r.released_at', 'r.content'])
    .where('r.id', '=', id)
    .executeTakeFirst();
  return row?.released_at ? { serial: row.serial, releasedAt: row.released_at, content: row.content } : undefined;
}
