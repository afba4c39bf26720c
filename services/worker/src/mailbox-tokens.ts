import { createHash, createHmac } from 'node:crypto';

/** The value of a mailbox check's link, and what is kept of it. Never logged, never stored. */
export interface MailboxToken {
  /** 32 octets as 43 base64url characters. */
  readonly text: string;
  readonly sha256: Uint8Array;
}

/**
 * The value of the link of a check: HMAC-SHA-256(secret, "see-pki/mailbox-check/v1" || 0x00 || checkId), 256 bits that only
 * the worker can make and only the mail carries; for a link to ask for new certificates with `reissue` in place of `mailbox-check`. The same check always has the same one, so a mail can be sent again.
 */
export function mailboxToken(
  secret: Uint8Array,
  checkId: string,
  purpose: 'mailbox-check' | 'reissue' = 'mailbox-check',
): MailboxToken {
  if (secret.length !== 32) throw new RangeError('the secret has 32 octets');
  const token = createHmac('sha256', secret).update(`see-pki/${purpose}/v1\0${checkId}`).digest();
  return { text: token.toString('base64url'), sha256: new Uint8Array(createHash('sha256').update(token).digest()) };
}
