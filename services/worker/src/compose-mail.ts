import {
  assertLetter,
  isPlainAddress,
  type Letter,
  LetterError,
  type LetterTable,
  renderHtml,
  renderText,
  subjectText,
  tableRows,
} from '@see/letters';
import { writeCsv } from '@see/person-import';
import { createTransport } from 'nodemailer';

/** A letter with its one recipient. */
export interface AddressedLetter {
  readonly recipient: string;
  /** Unique in this instance and the same whenever the mail is sent again: the left part of the Message-ID. */
  readonly messageName: string;
  readonly letter: Letter;
}

/** A mail ready to be sent. */
export interface ComposedMail {
  readonly from: string;
  readonly recipient: string;
  /** RFC 5322 message with CRLF line ends. */
  readonly bytes: Uint8Array;
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
 * Composes a mail from `from` (a plain address): the letter as plain text and as HTML (multipart/alternative), in UTF-8, the
 * subject as RFC 2047 says; its table as a CSV file. Both addresses are plain ASCII and every text is one line before anything is composed, so that
 * no value can add a header or a recipient. SMTPUTF8 addresses are not supported. Throws LetterError.
 */
export async function composeMail(mail: AddressedLetter, from: string, date: Date): Promise<ComposedMail> {
  const { recipient, messageName, letter } = mail;
  if (!isPlainAddress(recipient) || !isPlainAddress(from)) throw new LetterError('bad-address', 'not a plain address');
  if (!/^[A-Za-z0-9.-]{1,80}$/.test(messageName)) throw new LetterError('bad-header', 'not the name of a message');
  assertLetter(letter);
  const { message } = await composer.sendMail({
    from: { name: 'SEE PKI', address: from },
    to: { name: '', address: recipient },
    envelope: { from, to: [recipient] },
    messageId: `<${messageName}@${from.slice(from.indexOf('@') + 1)}>`,
    date,
    subject: subjectText(letter),
    text: renderText(letter),
    html: renderHtml(letter),
    ...(letter.table ? { attachments: [fileOf(letter.table)] } : {}),
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
  if (!(message instanceof Uint8Array)) throw new TypeError('the composer gave no octets');
  return { from, recipient, bytes: new Uint8Array(message) };
}

/** The table as a file: CSV that no spreadsheet program runs. */
function fileOf(table: LetterTable): { filename: string; contentType: string; content: Buffer } {
  const content = Buffer.from(writeCsv(tableRows(table)));
  return { filename: `${table.name}.csv`, contentType: 'text/csv; charset=utf-8', content };
}
