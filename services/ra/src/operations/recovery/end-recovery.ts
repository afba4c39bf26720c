import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { moveRecovery, type RecoveryRow } from '@see/db/ra';
import { moveOf, RECOVERY_MACHINE, readRecoveryContent, recoveryAgentFault } from '@see/domain';
import type { Actor } from '@see/http';
import type { Ra } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';
import { notNow } from './approve-recovery.ts';

/** Refuses a recovery, for an agent who could have approved it. Throws Refusal `wrong-state`, `forbidden`. */
export async function refuseRecovery(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  recovery: RecoveryRow,
  reason: string,
): Promise<void> {
  const fault = recoveryAgentFault(ra.authority.current, readRecoveryContent(recovery.content), actor.personId);
  if (fault) throw refusedFor('forbidden', [fault]);
  await end(ra, by, recovery, 'refuse', reason);
}

/** Closes a released recovery, for its requester: what was opened on the way is erased with it. Throws Refusal `wrong-state`. */
export async function closeRecovery(ra: Ra, by: AuditActor, recovery: RecoveryRow, note: string): Promise<void> {
  await end(ra, by, recovery, 'close', note);
}

async function end(
  ra: Ra,
  by: AuditActor,
  recovery: RecoveryRow,
  event: 'refuse' | 'close',
  reason: string,
): Promise<void> {
  const after = moveOf(RECOVERY_MACHINE, event).to;
  await withTransaction(ra.db, async (tx) => {
    if (!(await moveRecovery(tx, recovery.id, event, reason))) throw notNow(recovery);
    await writeAudit(tx, [
      {
        kind: event === 'refuse' ? 'recovery.refused' : 'recovery.closed',
        outcome: 'success',
        actor: by,
        objectType: 'recovery',
        objectId: recovery.id,
        detail: { before: recovery.state, after, reason },
      },
    ]);
  });
}
