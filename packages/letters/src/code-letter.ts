import { t } from '@see/language';
import type { Letter } from './letter.ts';
import { orderReference } from './order-reference.ts';
import { minuteText } from './time-text.ts';

/** What the letter with a code is about. */
export interface CodeFacts {
  readonly orderId: string;
  readonly code: string;
  /** Until when the code can be used. */
  readonly useBefore: Date;
}

/**
 * The letter with an enrolment code. It holds neither the link nor the whole order id, so that who reads it alone can not use
 * the code; it holds no name or other text from outside. Throws RangeError for what is no order id or code.
 */
export function codeLetter({ orderId, code, useBefore }: CodeFacts): Letter {
  if (!/^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}$/.test(code)) throw new RangeError('this is no code');
  const reference = orderReference(orderId);
  return {
    subject: t`Your one-time code for certificate request ${reference}`,
    parts: [
      { kind: 'paragraph', text: t`Hello,` },
      {
        kind: 'paragraph',
        text: t`your certificate request ${reference} has been approved. This is your one-time code:`,
      },
      { kind: 'alone', text: code },
      { kind: 'paragraph', text: t`What to do:` },
      {
        kind: 'steps',
        items: [
          t`Get the link to your enrolment page from your agency's sponsor, the person who asked for your certificate. It is not in this mail on purpose: the code is of no use without it.`,
          t`Open the link on the computer on which you will use the certificate and check that the page shows the same reference, ${reference}.`,
          t`Enter the code. Capital or small letters and dashes do not matter.`,
        ],
      },
      {
        kind: 'paragraph',
        text: t`The code can be used once, until ${minuteText(useBefore)}. After five wrong tries it is locked.`,
      },
      {
        kind: 'paragraph',
        text: t`Nobody will ever ask you for this code by mail or telephone. If you did not expect this mail, do not use the code and tell your agency's sponsor.`,
      },
    ],
  };
}
