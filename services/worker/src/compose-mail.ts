import { createTransport } from 'nodemailer';
import { isPlainAddress } from './mail-address.ts';

/** A mail as we write it: one recipient, ASCII text. */
export interface MailText {
  readonly recipient: string;
  /** Unique in this instance and the same whenever the mail is sent again: the left part of the Message-ID. */
  readonly messageName: string;
  readonly subject: string;
  readonly text: string;
}

/** A mail ready to be sent. */
export interface ComposedMail {
  readonly from: string;
  readonly recipient: string;
  /** RFC 5322 message with CRLF line ends. */
  readonly bytes: Uint8Array;
}

/** Something in a mail that could have made another mail of it. Nothing was composed. */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly code: 'bad-address' | 'bad-header' | 'bad-text';

  constructor(code: MailError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Puts the octets together and does nothing else: no file, no URL, no network. */
const composer = createTransport({
  streamTransport: true,
  buffer: true,
  newline: 'windows',
  disableFileAccess: true,
  disableUrlAccess: true,
});

/**
 * Composes a mail from `from` (a plain address). Every header is printable ASCII on one line and both addresses are plain before
 * anything is composed, so that no value can add a header or a recipient. Throws MailError.
 */
export async function composeMail(mail: MailText, from: string, date: Date): Promise<ComposedMail> {
  const { recipient, messageName, subject, text } = mail;
  if (!isPlainAddress(recipient) || !isPlainAddress(from)) throw new MailError('bad-address', 'not a plain address');
  if (!/^[\x20-\x7e]{1,120}$/.test(subject) || !/^[A-Za-z0-9.-]{1,80}$/.test(messageName))
    throw new MailError('bad-header', 'a header is printable ASCII on one line');
  if (!/^[\n\x20-\x7e]*$/.test(text) || text.split('\n').some((line) => line.length > 76))
    throw new MailError('bad-text', 'a text is printable ASCII in lines of at most 76 characters');
  const { message } = await composer.sendMail({
    from: { name: 'SEE PKI', address: from },
    to: { name: '', address: recipient },
    envelope: { from, to: [recipient] },
    messageId: `<${messageName}@${from.slice(from.indexOf('@') + 1)}>`,
    date,
    subject,
    text,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
  if (!(message instanceof Uint8Array)) throw new TypeError('the composer gave no octets');
  return { from, recipient, bytes: new Uint8Array(message) };
}
