import { t } from '@see/language';
import { say } from '../say.ts';
import { NoOrder } from './order-to-approve.ts';
import { UnknownPasskey } from './sign-with-passkey.ts';

/** What to tell an operator whose order cannot be approved here. */
export interface DeadEnd {
  readonly title: string;
  readonly text: string;
  /** The text is of the service, and in English. */
  readonly english?: true;
}

/** Why there is nothing to approve, with the next step. */
export function deadEnd(error: unknown): DeadEnd {
  const { code, message } = error instanceof NoOrder ? error : { code: 'unknown', message: '' };
  switch (code) {
    case 'not-found':
      return {
        title: say(t`There is nothing to approve here`),
        text: say(t`Check the address, or open it from the queue of the console.`),
      };
    case 'wrong-state':
      return { title: say(t`This takes no approval now`), text: message, english: true };
    case 'wrong-content':
      return {
        title: say(t`Do not approve this`),
        text: say(
          t`What the service sent is not what it should be (${message}). Nothing was signed. Tell whoever runs the service.`,
        ),
      };
    case 'offline':
      return { title: say(t`There was no answer`), text: say(t`Check your connection and load this page again.`) };
    default:
      return {
        title: say(t`This cannot be shown`),
        text: say(t`Something went wrong here; nothing was signed. Try again in a few minutes.`),
      };
  }
}

/** Why the passkey did not sign. The order can be tried again. */
export function notSigned(error: unknown): string {
  if (error instanceof UnknownPasskey) {
    return say(t`That passkey is not registered. Choose the one that two administrators registered for you.`);
  }
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
      return say(
        t`Nothing was signed. You cancelled, it took too long, or none of your registered passkeys is on this device.`,
      );
    case 'SecurityError':
      return say(t`Nothing was signed. This page is not open under the address for which passkeys are registered.`);
    default:
      return say(t`Nothing was signed. The browser or the passkey reported a fault; try again, or use the command.`);
  }
}
