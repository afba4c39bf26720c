import { moveOf, RECOVERY_MACHINE, type RecoveryEvent } from '@see/domain';
import { sql } from 'kysely';
import type { Tx } from './transaction.ts';

/**
 * Moves a recovery on as its state machine says; false when the event can not happen now, and then nothing changed. The
 * schema refuses what the machine does not have, and erases what was opened when the recovery ends. `reason` is what
 * people will read.
 */
export async function moveRecovery(
  tx: Tx,
  id: string,
  event: RecoveryEvent,
  reason: string | null = null,
): Promise<boolean> {
  const { from, to } = moveOf(RECOVERY_MACHINE, event);
  const answer = await sql<{ id: string }>`
    update recoveries set state = ${to}, state_reason = ${reason?.slice(0, 1000) ?? null}
    where id = ${id} and state = any(${from}::text[]) returning id`.execute(tx);
  return answer.rows.length === 1;
}
