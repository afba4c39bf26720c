import {
  type AskedMail,
  findOpenCheck,
  findReleasedRecovery,
  insertMailboxLink,
  readEndingCertificates,
} from '@see/db/worker';
import { readRecoveryContent, refused } from '@see/domain';
import {
  digestLetter,
  expiryLetter,
  isWorthADigest,
  mailboxCheckLetter,
  recoveryLetter,
  reissueLetter,
} from '@see/letters';
import { digestAt } from './digest-desk.ts';
import { mailboxToken } from './mailbox-tokens.ts';
import { OrderLetters, type OrderLettersDeps } from './order-letters.ts';
import { gone, type WrittenMail } from './written-mail.ts';

/** What writing letters needs. */
export interface MailWriterDeps extends OrderLettersDeps {
  /** What the links of mailbox checks are derived from. */
  readonly secret: Uint8Array;
}

/** Writes a mail of the outbox when it is to be sent, from what holds then. Throws RefusedError or CanonicalError. */
export class MailWriter {
  readonly #deps: MailWriterDeps;
  readonly #orders: OrderLetters;

  constructor(deps: MailWriterDeps) {
    this.#deps = deps;
    this.#orders = new OrderLetters(deps);
  }

  async write(mail: AskedMail): Promise<WrittenMail> {
    switch (mail.template) {
      case 'code':
      case 'link':
        return this.#orders[mail.template](mail.orderId ?? '');
      case 'links':
        return this.#orders.links(mail);
      case 'expiry':
        return this.#ofEnding(mail);
      case 'mailbox-check':
      case 'reissue':
        return this.#ofCheck(mail);
      case 'digest':
        return this.#ofDay(mail);
      case 'recovery':
        return this.#ofRecovery(mail);
      default:
        return mail.template satisfies never;
    }
  }

  async #ofEnding({ recipient, detail }: AskedMail): Promise<WrittenMail> {
    const { days, certificateIds } = detail as { readonly days: number; readonly certificateIds: readonly number[] };
    const ending = await readEndingCertificates(this.#deps.db, certificateIds);
    if (ending.length === 0) return gone('nothing-ends', 'the certificates ended or were revoked meanwhile');
    return {
      recipient,
      letter: expiryLetter(days, ending, this.#deps.portalUrl),
      certificates: ending.map((one) => one.certificateId),
    };
  }

  async #ofDay({ recipient, detail }: AskedMail): Promise<WrittenMail> {
    const { db, portalUrl } = this.#deps;
    const facts = await digestAt(db, new Date());
    if (!isWorthADigest(facts)) return gone('nothing-to-tell', 'nothing ends, waits or failed any more');
    return { recipient, letter: digestLetter((detail as { readonly day: string }).day, facts, portalUrl) };
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

  async #ofCheck({ template, detail }: AskedMail): Promise<WrittenMail> {
    const { db, secret, portalUrl } = this.#deps;
    const check = await findOpenCheck(db, (detail as { readonly checkId: string }).checkId);
    if (!check || (check.purpose === 'reissue') !== (template === 'reissue'))
      return gone('check-over', 'the check was answered, is over, or the person has another address now');
    const { address: recipient, personName, expiresAt } = check;
    if (check.purpose === 'reissue') {
      const { text, sha256 } = mailboxToken(secret, check.id, 'reissue');
      await insertMailboxLink(db, check.id, sha256);
      return { recipient, letter: reissueLetter({ personName, url: `${portalUrl}/reissue/${text}`, expiresAt }) };
    }
    const { text, sha256 } = mailboxToken(secret, check.id);
    await insertMailboxLink(db, check.id, sha256);
    return { recipient, letter: mailboxCheckLetter({ personName, url: `${portalUrl}/mailbox/${text}`, expiresAt }) };
  }
}
