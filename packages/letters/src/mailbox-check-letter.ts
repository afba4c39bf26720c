import { t } from '@see/language';
import type { Letter } from './letter.ts';
import { minuteText } from './time-text.ts';

/** What the letter of a mailbox check is about. */
export interface MailboxCheckFacts {
  /** The name of the person, as it stands in the registry. */
  readonly personName: string;
  /** The page on which they confirm, with a value in it that is used once. */
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * The letter by which somebody shows that a mailbox is theirs. Its link confirms the mailbox and nothing else, once, after
 * a press of a button; it holds no code.
 */
export function mailboxCheckLetter({ personName, url, expiresAt }: MailboxCheckFacts): Letter {
  return {
    subject: t`Confirm that this mailbox is yours`,
    parts: [
      { kind: 'paragraph', text: t`Hello,` },
      {
        kind: 'paragraph',
        text: t`this address is on record as the mail address of ${personName}. If that is you, open this page and press Confirm:`,
      },
      { kind: 'link', url },
      {
        kind: 'paragraph',
        text: t`The link works once, until ${minuteText(expiresAt)}. It confirms the address and does nothing else: it gives no certificate and asks for no code or password.`,
      },
      {
        kind: 'paragraph',
        text: t`If this is not you, do not open the link, and tell your agency's registration agent that the address is wrong.`,
      },
    ],
  };
}
