import type { MailText } from './compose-mail.ts';

/** A release as its holder hears of it. */
export interface ReleasedKey {
  readonly recoveryId: string;
  readonly recipient: string;
  /** Of the certificate whose key was opened. */
  readonly serial: Uint8Array;
  readonly releasedAt: Date;
  readonly messagesFrom: Date;
  readonly messagesUntil: Date;
}

/**
 * The mail that tells a holder that the copy of their encryption key was opened. It holds no name or other text from
 * outside and no link: neither who asked nor why is for a mail; the holder asks, with the reference.
 */
export function writeRecoveryMail({ recoveryId, recipient, serial, releasedAt, ...span }: ReleasedKey): MailText {
  const day = (time: Date): string => time.toISOString().slice(0, 10);
  return {
    recipient,
    messageName: `recovery.${recoveryId}`,
    subject: 'The copy of your encryption key was opened',
    text: `Hello,

two recovery agents have opened the copy of your encryption key that is
kept for your agency.

  opened on    ${day(releasedAt)}
  certificate  serial number ${serial.toHex()}
  to read      messages of ${day(span.messagesFrom)} to ${day(span.messagesUntil)}
  reference    ${recoveryId}

If you asked for it, there is nothing to do. If you did not, give the
reference to your agency's sponsor: who asked, and on what ground, is on
record with the auditor. Nobody can sign or sign in as you with this key.

This mail has no link on purpose, and nobody will ask you by mail for a
code or a password.
`,
  };
}
