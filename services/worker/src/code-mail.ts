import { createHash } from 'node:crypto';
import type { MailText } from './compose-mail.ts';

/** What the mail with a code says. */
export interface CodeMail {
  readonly orderId: string;
  readonly recipient: string;
  readonly code: string;
  /** Until when the code can be used, seconds since 1970 UTC. */
  readonly useBefore: number;
}

/**
 * How sponsor, console and mail call an order when the link is not to be given away: the first eight digits of its id. The link
 * needs all 32.
 */
export function orderReference(orderId: string): string {
  return orderId.slice(0, 8).toUpperCase();
}

/**
 * The mail with an enrolment code. It holds neither the link nor the whole order id, so that who reads the mail alone can not use
 * the code; it holds no name or other text from outside.
 */
export function writeCodeMail({ orderId, recipient, code, useBefore }: CodeMail): MailText {
  if (!/^[0-9a-f-]{36}$/.test(orderId) || !/^[0-9A-Z-]{19}$/.test(code)) throw new RangeError('no order id or code');
  const reference = orderReference(orderId);
  const until = `${new Date(useBefore * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return {
    recipient,
    messageName: `code.${createHash('sha256').update(orderId).digest('hex').slice(0, 32)}`,
    subject: `Your one-time code for certificate request ${reference}`,
    text: `Hello,

your certificate request ${reference} has been approved. Your one-time code is

    ${code}

What to do:

1. Get the link to your enrolment page from your agency's sponsor, the
   person who asked for your certificate. It is not in this mail on
   purpose: the code is of no use without it.
2. Open the link on the computer on which you will use the certificate
   and check that the page shows the same reference, ${reference}.
3. Enter the code. Capital or small letters and dashes do not matter.

The code can be used once, until ${until}. After five wrong
tries it is locked.

Nobody will ever ask you for this code by mail or telephone. If you did
not expect this mail, do not use the code and tell your agency's sponsor.
`,
  };
}
