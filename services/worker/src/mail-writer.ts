import type { Database } from '@see/db';
import {
  type AskedMail,
  findCorrespondent,
  findOpenCheck,
  findOrderToMail,
  findReleasedRecovery,
  insertMailboxLink,
  type MailFault,
  readEndingCertificates,
  sameMailbox,
} from '@see/db/worker';
import { type Authority, readRecoveryContent, refused } from '@see/domain';
import { codeLetter, expiryLetter, type Letter, linkLetter, mailboxCheckLetter, recoveryLetter } from '@see/letters';
import type { EnrolmentCodes } from './enrolment-codes.ts';
import { mailboxToken } from './mailbox-tokens.ts';
import { readApprovedOrder } from './order-checks.ts';

/** What writing letters needs. */
export interface MailWriterDeps {
  readonly db: Database;
  readonly instance: string;
  readonly authority: () => Authority;
  readonly codes: EnrolmentCodes;
  /** What the links of mailbox checks are derived from. */
  readonly secret: Uint8Array;
  readonly portalUrl: string;
}

/** A letter with the address that it may go to, or why nobody wants it any more. */
export type WrittenMail =
  | { readonly recipient: string; readonly letter: Letter; readonly certificates?: readonly number[] }
  | { readonly dropped: MailFault };

/**
 * Writes a mail of the outbox when it is to be sent, from what holds then. Where a code goes, and to whom a link, is read from
 * the bytes that the approvers signed, never from the row that asked for the mail. Throws RefusedError or CanonicalError.
 */
export class MailWriter {
  readonly #deps: MailWriterDeps;

  constructor(deps: MailWriterDeps) {
    this.#deps = deps;
  }

  async write(mail: AskedMail): Promise<WrittenMail> {
    switch (mail.template) {
      case 'code':
      case 'link':
        return this.#ofOrder(mail.template, mail.orderId ?? '');
      case 'expiry':
        return this.#ofEnding(mail);
      case 'mailbox-check':
        return this.#ofCheck(mail);
      case 'recovery':
        return this.#ofRecovery(mail);
      default:
        return mail.template satisfies never;
    }
  }

  async #ofOrder(template: 'code' | 'link', orderId: string): Promise<WrittenMail> {
    const { db, instance, authority, codes, portalUrl } = this.#deps;
    const order = await findOrderToMail(db, orderId);
    if (order?.state !== 'redeemable' || order.over)
      return gone('order-over', 'the order can not be redeemed any more');
    const { content, digest } = order;
    if (!content || !digest) throw refused('order-tampered', 'the order has no content');
    const approved = await readApprovedOrder({ ...order, content, digest }, instance, authority());
    const useBefore = new Date(approved.useBefore * 1000);
    if (template === 'code') {
      const { code, commitment } = await codes.derive(orderId, approved.nonce);
      if (commitment.toHex() !== approved.commitment)
        throw refused('order-tampered', 'the content is bound to another code than this worker makes');
      return { recipient: approved.deliverTo, letter: codeLetter({ orderId, code, useBefore }) };
    }
    const [sponsor, applicant] = await Promise.all([
      findCorrespondent(db, approved.sponsor),
      findCorrespondent(db, approved.applicant),
    ]);
    if (!sponsor?.email || !applicant) return gone('no-recipient', 'the sponsor has no address, or somebody has left');
    if (await sameMailbox(db, sponsor.email, approved.deliverTo))
      return gone('one-mailbox', 'the sponsor reads the mailbox that gets the code');
    const url = `${portalUrl}/enrol/${orderId}`;
    return { recipient: sponsor.email, letter: linkLetter({ orderId, personName: applicant.name, url, useBefore }) };
  }

  async #ofEnding({ recipient, detail }: AskedMail): Promise<WrittenMail> {
    const { days, certificateIds } = detail as { readonly days: number; readonly certificateIds: readonly number[] };
    const ending = await readEndingCertificates(this.#deps.db, certificateIds);
    if (ending.length === 0) return gone('nothing-ends', 'the certificates ended or were revoked meanwhile');
    return { recipient, letter: expiryLetter(days, ending), certificates: ending.map((one) => one.certificateId) };
  }

  async #ofRecovery({ recipient, detail }: AskedMail): Promise<WrittenMail> {
    const { recoveryId } = detail as { readonly recoveryId: string };
    const released = await findReleasedRecovery(this.#deps.db, recoveryId);
    if (!released) throw refused('not-released', 'the recovery was not released');
    const { messagesFrom, messagesUntil } = readRecoveryContent(released.content);
    const letter = recoveryLetter({
      ...released,
      recoveryId,
      messagesFrom: new Date(messagesFrom * 1000),
      messagesUntil: new Date(messagesUntil * 1000),
    });
    return { recipient, letter };
  }

  async #ofCheck({ detail }: AskedMail): Promise<WrittenMail> {
    const { db, secret, portalUrl } = this.#deps;
    const check = await findOpenCheck(db, (detail as { readonly checkId: string }).checkId);
    if (!check) return gone('check-over', 'the check was answered, is over, or the person has another address now');
    const { text, sha256 } = mailboxToken(secret, check.id);
    await insertMailboxLink(db, check.id, sha256);
    const { address: recipient, personName, expiresAt } = check;
    return { recipient, letter: mailboxCheckLetter({ personName, url: `${portalUrl}/mailbox/${text}`, expiresAt }) };
  }
}

function gone(code: string, reason: string): { dropped: MailFault } {
  return { dropped: { code, reason } };
}
