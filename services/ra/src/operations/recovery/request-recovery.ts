import { randomUUID } from 'node:crypto';
import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { type CertificateRow, findEscrowedKey, findPerson, insertRecovery } from '@see/db/ra';
import {
  type Refusal as Fault,
  RECOVERY_WITHIN_SECONDS,
  type RecoveryCapacity,
  type RecoveryContent,
  writeRecoveryContent,
} from '@see/domain';
import type { Actor, Refusal } from '@see/http';
import { type Ra, seconds } from '../../ra.ts';
import { asRefusal, refusedFor } from '../../refusal.ts';
import { type Recipient, readRecipient } from './read-recipient.ts';

/** What somebody asks for who needs a kept key. */
export interface RecoveryWish {
  readonly capacity: RecoveryCapacity;
  readonly legalBasis: string;
  readonly purpose: string;
  readonly messagesFrom: Date;
  readonly messagesUntil: Date;
  /** PEM. */
  readonly recipient: string;
  readonly suppressNotice: string | null;
}

/** A request as it would be stored, after every check of it. */
export interface PreparedRecovery {
  readonly content: RecoveryContent;
  readonly written: ReturnType<typeof writeRecoveryContent>;
  readonly recipient: Recipient;
  readonly escrow: { readonly attemptId: number; readonly item: number };
}

/**
 * Holds a request against everything that it has to meet, and writes what the agents would sign. Stores nothing. Throws Refusal
 * `recovery-refused`.
 */
export async function prepareRecovery(
  ra: Ra,
  actor: Actor,
  certificate: CertificateRow,
  wish: RecoveryWish,
): Promise<PreparedRecovery> {
  const escrow = certificate.orderId
    ? await findEscrowedKey(ra.db, certificate.orderId, certificate.spkiSha256)
    : undefined;
  const subject = certificate.personId;
  if (!escrow || subject === null) throw refuse('no-escrow', 'no copy is kept of the key of this certificate');
  const recipient = await readRecipient(ra, wish.recipient);
  assertFits(certificate, recipient, wish);
  const agencyId = actor.agencyId ?? (await findPerson(ra.db, actor.personId))?.agencyId;
  if (!agencyId) throw refuse('no-agency', 'your record names no agency for which you could ask');
  const createdAt = seconds(ra.now());
  const content: RecoveryContent = {
    v: 1,
    instance: ra.instance,
    recoveryId: randomUUID(),
    nonce: Buffer.from(ra.randomBytes(16)).toString('base64url'),
    createdAt,
    expiresAt: createdAt + RECOVERY_WITHIN_SECONDS,
    certificate: certificate.sha256.toHex(),
    spkiSha256: certificate.spkiSha256.toHex(),
    agents: escrow.agents,
    subject,
    requester: actor.personId,
    agencyId,
    capacity: wish.capacity,
    legalBasis: wish.legalBasis,
    purpose: wish.purpose,
    messagesFrom: seconds(wish.messagesFrom),
    messagesUntil: seconds(wish.messagesUntil),
    recipient: recipient.der.toBase64(),
    recipientPerson: recipient.certificate.personId,
    suppressNotice: wish.suppressNotice,
  };
  const written = asRefusal('recovery-refused', () => writeRecoveryContent(content));
  return { content, written, recipient, escrow };
}

/**
 * Stores a request to open the kept key of a certificate. It says all that the agents will sign; nothing of it is changed
 * later. Returns its id. Throws Refusal `recovery-refused`, `not-found`.
 */
export async function requestRecovery(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  certificate: CertificateRow,
  wish: RecoveryWish,
): Promise<string> {
  const { content, written, recipient, escrow } = await prepareRecovery(ra, actor, certificate, wish);
  await withTransaction(ra.db, async (tx) => {
    await insertRecovery(tx, {
      id: content.recoveryId,
      content: written,
      certificateId: certificate.id,
      attemptId: escrow.attemptId,
      item: escrow.item,
      subjectId: content.subject,
      requesterId: content.requester,
      recipientId: content.recipientPerson,
      agencyId: content.agencyId,
      noticeSuppressed: content.suppressNotice !== null,
      expiresAt: new Date(content.expiresAt * 1000),
    });
    await writeAudit(tx, [
      {
        kind: 'recovery.requested',
        outcome: 'success',
        actor: by,
        objectType: 'recovery',
        objectId: content.recoveryId,
        detail: { after: 'requested', digest: written.digest.toHex(), ...saidInAudit(content, recipient) },
      },
    ]);
  });
  return content.recoveryId;
}

/** The recipient's key is another one than the lost one, and the holder's own where the holder asks. */
function assertFits(certificate: CertificateRow, recipient: Recipient, wish: RecoveryWish): void {
  if (Buffer.compare(recipient.certificate.spkiSha256, certificate.spkiSha256) === 0)
    throw refuse('recipient-same-key', 'the key can not be encrypted to itself', 'recipient');
  if (wish.capacity === 'self' && recipient.certificate.personId !== certificate.personId)
    throw refuse(
      'recipient-not-holder',
      'a holder who asks gets the key under a certificate of their own',
      'recipient',
    );
  if (wish.capacity === 'self' && wish.suppressNotice !== null)
    throw refuse('notice-not-suppressed', 'a holder who asks is told', 'suppressNotice');
}

function saidInAudit(content: RecoveryContent, recipient: Recipient) {
  const { certificate, subject, requester, agencyId, capacity, legalBasis, purpose, suppressNotice } = content;
  return {
    certificate,
    subject,
    requester,
    agencyId,
    capacity,
    legalBasis,
    purpose,
    recipient: recipient.certificate.sha256.toHex(),
    noticeSuppressed: suppressNotice !== null,
  };
}

function refuse(code: string, message: string, path?: string): Refusal {
  const fault: Fault = { code, message, source: 'section 8.5', ...(path === undefined ? {} : { path }) };
  return refusedFor('recovery-refused', [fault]);
}
