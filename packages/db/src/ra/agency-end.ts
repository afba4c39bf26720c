import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** Makes the endings of one agency wait for each other. */
export async function lockAgency(tx: Tx, agencyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(7341, hashtext(${agencyId}))`.execute(tx);
}

/** The same without waiting: false when another transaction has it. */
export async function tryLockAgency(tx: Tx, agencyId: string): Promise<boolean> {
  const answer = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(7341, hashtext(${agencyId})) as locked`.execute(tx);
  return answer.rows[0]?.locked ?? false;
}

/** The orders of an agency that are in one of the states. */
export async function readAgencyOrders(
  db: Database | Tx,
  agencyId: string,
  states: readonly string[],
): Promise<string[]> {
  const answer = await sql<{ id: string }>`
    select id from orders where agency_id = ${agencyId} and state = any(${states}::text[]) order by id`.execute(db);
  return answer.rows.map(({ id }) => id);
}

/** The people whose record is with an agency and who have not left, by id; locked when asked in a transaction. */
export async function readMembers(db: Database | Tx, agencyId: string): Promise<string[]> {
  const query = db.selectFrom('people').select('id').where('agency_id', '=', agencyId).where('left_at', 'is', null);
  return (await query.orderBy('id').execute()).map(({ id }) => id);
}
