import { t } from '@see/language';
import type { Letter } from './letter.ts';
import { dayText } from './time-text.ts';

/** A release of a kept key as its holder hears of it. */
export interface ReleasedKey {
  readonly recoveryId: string;
  /** Of the certificate whose key was opened. */
  readonly serial: Uint8Array;
  readonly releasedAt: Date;
  readonly messagesFrom: Date;
  readonly messagesUntil: Date;
}

/**
 * The letter that tells a holder that the copy of their encryption key was opened. It holds no name or other text from
 * outside and no link: neither who asked nor why is for a mail; the holder asks, with the reference.
 */
export function recoveryLetter({ recoveryId, serial, releasedAt, messagesFrom, messagesUntil }: ReleasedKey): Letter {
  return {
    subject: t`The copy of your encryption key was opened`,
    parts: [
      { kind: 'paragraph', text: t`Hello,` },
      {
        kind: 'paragraph',
        text: t`two recovery agents have opened the copy of your encryption key that is kept for your agency.`,
      },
      {
        kind: 'list',
        items: [
          t`opened on ${dayText(releasedAt)}`,
          t`of the certificate with serial number ${serial.toHex()}`,
          t`to read messages of ${dayText(messagesFrom)} to ${dayText(messagesUntil)}`,
          t`reference ${recoveryId}`,
        ],
      },
      {
        kind: 'paragraph',
        text: t`If you asked for it, there is nothing to do. If you did not, give the reference to your agency's sponsor: who asked, and on what ground, is on record with the auditor. Nobody can sign or sign in as you with this key.`,
      },
      {
        kind: 'paragraph',
        text: t`This mail has no link on purpose, and nobody will ask you by mail for a code or a password.`,
      },
    ],
  };
}
