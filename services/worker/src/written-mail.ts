import type { MailFault } from '@see/db/worker';
import type { Letter } from '@see/letters';

/** An order that a letter would have been about, had its bytes been what its approvers signed. */
export interface RefusedOrder extends Readonly<Record<'orderId' | 'code' | 'message', string>> {}

/** A letter with the address that it may go to and what it is about, or why nobody wants it any more. */
export type WrittenMail = (
  | {
      readonly recipient: string;
      readonly letter: Letter;
      /** The orders whose code or link it holds. */
      readonly orders?: readonly string[];
      /** The certificates whose end it tells of. */
      readonly certificates?: readonly number[];
    }
  | { readonly dropped: MailFault }
) & { readonly refusals?: readonly RefusedOrder[] };

export function gone(code: string, reason: string): { readonly dropped: MailFault } {
  return { dropped: { code, reason } };
}
