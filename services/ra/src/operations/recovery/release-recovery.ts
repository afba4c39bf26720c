import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { findCertificateDer, findRecoveryOpening, lockRecovery, moveRecovery, type RecoveryRow } from '@see/db/ra';
import { readRecoveryContent } from '@see/domain';
import { type Actor, Refusal } from '@see/http';
import { sha256 } from '@see/x509';
import type { Ra } from '../../ra.ts';
import { notNow } from './approve-recovery.ts';
import { assertApproved } from './open-recovery.ts';
import { assertRecipient } from './read-recipient.ts';

/** What the second agent needs to open the key on their own machine. */
export interface Released {
  /** The envelope that the first agent opened for the others. */
  readonly envelope: Uint8Array;
  /** The certificate of the key, DER. */
  readonly certificate: Uint8Array;
}

/**
 * Hands the opened envelope to the other of the two agents, who opens the key. That is the release: it is recorded before
 * the answer leaves, whatever becomes of it. The same agent may take it again until the recovery is closed; each time is
 * an event. Throws Refusal `wrong-state`, and `recovery-refused` when the recipient's certificate is good no more.
 */
export async function releaseRecovery(ra: Ra, actor: Actor, by: AuditActor, recovery: RecoveryRow): Promise<Released> {
  await assertApproved(ra, actor, recovery.id);
  const { recipient, suppressNotice, spkiSha256 } = readRecoveryContent(recovery.content);
  const recipientDer = Uint8Array.fromBase64(recipient);
  await assertRecipient(ra, recipientDer);
  const certificate = await findCertificateDer(ra.db, recovery.certificateId);
  if (!certificate) throw new Refusal('not-found', 'The certificate of this key is not there.');
  return withTransaction(ra.db, async (tx) => {
    const locked = await lockRecovery(tx, recovery.id);
    const again = locked?.state === 'released';
    if (!locked || !(again || (locked.state === 'approved-2' && locked.expiresAt > ra.now()))) throw notNow(locked);
    const opening = await findRecoveryOpening(tx, recovery.id);
    if (!opening)
      throw new Refusal('wrong-state', 'Neither agent has opened their envelope yet: see recovery approve.');
    if (opening.personId === actor.personId)
      throw new Refusal('wrong-state', 'You opened the outer envelope; the other agent opens the inner one.');
    if (!again && !(await moveRecovery(tx, recovery.id, 'release'))) throw notNow(locked);
    await writeAudit(tx, [
      {
        kind: 'recovery.released',
        outcome: 'success',
        actor: by,
        objectType: 'recovery',
        objectId: recovery.id,
        detail: {
          before: locked.state,
          after: 'released',
          again,
          spkiSha256,
          recipient: sha256(recipientDer).toHex(),
          openedBy: [opening.personId, actor.personId],
          noticeSuppressed: suppressNotice !== null,
        },
      },
    ]);
    return { envelope: opening.envelope, certificate };
  });
}
