import { type AuditActor, type Tx, withTransaction, writeAudit } from '@see/db';
import {
  insertRecoveryApproval,
  listRecoveryApprovals,
  lockRecovery,
  moveRecovery,
  type RecoveryRow,
} from '@see/db/ra';
import {
  type Refusal as Fault,
  type RecoveryContent,
  type RecoveryState,
  readRecoveryContent,
  recoveryApprovalFault,
  type SignedBy,
} from '@see/domain';
import { type Actor, type ProblemCode, Refusal } from '@see/http';
import type { Ra } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';

const CODES: Readonly<Record<string, ProblemCode>> = {
  'credential-unknown': 'signature-refused',
  'bad-approval': 'signature-refused',
  'approved-before': 'already-exists',
};

/**
 * Takes an agent's approval: a signature over the bytes that say everything. Two of them, by agents of whom one is not of
 * the agency that asks, and the key may be opened. The schema asks all of it again. Throws Refusal `wrong-state`,
 * `forbidden`, `signature-refused`, `already-exists`.
 */
export async function approveRecovery(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  id: string,
  approval: SignedBy,
): Promise<RecoveryState> {
  return withTransaction(ra.db, async (tx) => {
    const recovery = await lockRecovery(tx, id);
    if (!recovery || !isOpen(ra, recovery)) throw notNow(recovery);
    const content = readRecoveryContent(recovery.content);
    const before = (await listRecoveryApprovals(tx, id)).map(({ personId }) => personId);
    const { current } = ra.authority;
    const fault = await recoveryApprovalFault(current, content, recovery.digest, approval, before);
    if (fault) throw refusedFor(CODES[fault.code] ?? 'forbidden', [fault]);
    const personId = current.credentials.get(approval.credentialId)?.personId ?? '';
    if (personId !== actor.personId) throw refusedFor('signature-refused', [OTHER_PERSON]);
    const { credentialId, signature } = approval;
    await insertRecoveryApproval(tx, { recoveryId: id, digest: recovery.digest, credentialId, personId, signature });
    const event = before.length === 0 ? 'approve' : 'complete';
    if (!(await moveRecovery(tx, id, event))) throw notNow(recovery);
    const state: RecoveryState = event === 'approve' ? 'approved-1' : 'approved-2';
    const who = { ...by, personId, role: 'ca-operations', method: 'approval-key' };
    await auditApproval(tx, who, recovery, { after: state, credentialId });
    if (event === 'complete') await auditSuppression(tx, who, content, [...before, personId]);
    return state;
  });
}

const OTHER_PERSON: Fault = {
  code: 'other-person',
  message: 'the approval key is another person’s than the token’s',
  source: 'WF-K',
  remedy: 'use your own token and your own key',
};

function isOpen(ra: Ra, { state, expiresAt }: RecoveryRow): boolean {
  return (state === 'requested' || state === 'approved-1') && expiresAt > ra.now();
}

/** The refusal of a step for which it is too early or too late. */
export function notNow(recovery: RecoveryRow | undefined): Refusal {
  const state = recovery?.state ?? 'gone';
  return new Refusal('wrong-state', `The recovery is ${state} and may be out of time; this is not possible now.`);
}

async function auditApproval(
  tx: Tx,
  actor: AuditActor,
  recovery: RecoveryRow,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  await writeAudit(tx, [
    {
      kind: 'recovery.approved',
      outcome: 'success',
      actor,
      objectType: 'recovery',
      objectId: recovery.id,
      detail: { before: recovery.state, digest: recovery.digest.toHex(), ...detail },
    },
  ]);
}

/** That the holder will not be told is an event of its own, in the names of the two who signed it. */
async function auditSuppression(
  tx: Tx,
  actor: AuditActor,
  { recoveryId, subject, suppressNotice }: RecoveryContent,
  signedBy: readonly string[],
): Promise<void> {
  if (suppressNotice === null) return;
  await writeAudit(tx, [
    {
      kind: 'recovery.notice-suppressed',
      outcome: 'success',
      actor,
      objectType: 'recovery',
      objectId: recoveryId,
      detail: { subject, reason: suppressNotice, signedBy },
    },
  ]);
}
