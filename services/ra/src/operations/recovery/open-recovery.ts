import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import {
  findRecoveryOpening,
  insertRecoveryOpening,
  listRecoveryApprovals,
  lockRecovery,
  type RecoveryRow,
  readEscrowEnvelopes,
} from '@see/db/ra';
import { readRecoveryContent } from '@see/domain';
import { type Actor, Refusal } from '@see/http';
import { openingViolations } from '@see/policy';
import type { Ra } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';
import { notNow } from './approve-recovery.ts';

/** Refuses whoever did not approve the recovery by signature: nothing is handed out before that. */
export async function assertApproved(ra: Ra, actor: Actor, recoveryId: string): Promise<void> {
  const approvals = await listRecoveryApprovals(ra.db, recoveryId);
  if (approvals.some(({ personId }) => personId === actor.personId)) return;
  throw new Refusal('wrong-state', 'Approve the recovery first. Only agents who approved it take part in the opening.');
}

/**
 * The outer envelope of the agent who asks, after their approval. What comes out of it is an envelope to the other agents,
 * which this agent can not open. Recorded as `recovery.downloaded`.
 */
export async function downloadEnvelope(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  recovery: RecoveryRow,
): Promise<Uint8Array> {
  await assertApproved(ra, actor, recovery.id);
  if (!isOpening(ra, recovery)) throw notNow(recovery);
  const { agents } = readRecoveryContent(recovery.content);
  const named = ra.authority.current.recoveryAgents.get(agents)?.agents ?? [];
  const position = named.findIndex(({ personId }) => personId === actor.personId);
  const envelope = (await readEscrowEnvelopes(ra.db, recovery))[position];
  if (!envelope) throw new Refusal('not-found', 'There is no envelope of this key for you.');
  await writeAudit(ra.db, [
    {
      kind: 'recovery.downloaded',
      outcome: 'success',
      actor: by,
      objectType: 'recovery',
      objectId: recovery.id,
      detail: { position },
    },
  ]);
  return envelope;
}

/** Keeps what an agent opened for the other one: an envelope to all the other agents and nobody else. */
export async function handIn(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  recovery: RecoveryRow,
  envelope: Uint8Array,
): Promise<void> {
  await assertApproved(ra, actor, recovery.id);
  if (!isOpening(ra, recovery)) throw notNow(recovery);
  const { agents } = readRecoveryContent(recovery.content);
  const named = ra.authority.current.recoveryAgents.get(agents)?.agents ?? [];
  const violations = openingViolations(
    envelope,
    named.filter(({ personId }) => personId !== actor.personId),
  );
  if (violations.length > 0) throw refusedFor('recovery-refused', violations);
  await withTransaction(ra.db, async (tx) => {
    await lockRecovery(tx, recovery.id);
    if (await findRecoveryOpening(tx, recovery.id))
      throw new Refusal('already-exists', 'The other agent has opened the envelope already. Take what is in it.');
    await insertRecoveryOpening(tx, recovery.id, { personId: actor.personId, envelope });
    await writeAudit(tx, [
      {
        kind: 'recovery.handed-in',
        outcome: 'success',
        actor: by,
        objectType: 'recovery',
        objectId: recovery.id,
      },
    ]);
  });
}

function isOpening(ra: Ra, { state, expiresAt }: RecoveryRow): boolean {
  return (state === 'approved-1' || state === 'approved-2') && expiresAt > ra.now();
}
