import { t } from '@see/language';
import type { Letter } from './letter.ts';
import { minuteText } from './time-text.ts';

/** What the letter about lost certificates is about. */
export interface ReissueFacts {
  /** The name of the person, as it stands in the registry. */
  readonly personName: string;
  /** The page on which they ask for new ones, with a value in it that is used once. */
  readonly url: string;
  readonly expiresAt: Date;
}

/** The letter by which somebody who has lost file or passphrase asks for new certificates. It holds no code. */
export function reissueLetter({ personName, url, expiresAt }: ReissueFacts): Letter {
  return {
    subject: t`New certificates in place of lost ones`,
    parts: [
      { kind: 'paragraph', text: t`Hello,` },
      {
        kind: 'paragraph',
        text: t`somebody said in our portal that the certificate files of ${personName}, or their passphrase, are lost. If that was you, open this page and say what is to happen:`,
      },
      { kind: 'link', url },
      {
        kind: 'paragraph',
        text: t`The link works once, until ${minuteText(expiresAt)}. It gives no certificate: an order comes of it that operators approve, and then you get a code by mail and the link from your sponsor, as for the first one.`,
      },
      {
        kind: 'paragraph',
        text: t`If it was not you, do nothing: nothing has happened. If such mails keep coming, tell your service desk.`,
      },
    ],
  };
}
