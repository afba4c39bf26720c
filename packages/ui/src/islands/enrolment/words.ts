import { RedemptionRefused } from './redemption.ts';

/** What to tell somebody whose code or browser does not get them further. */
export interface DeadEnd {
  readonly title: string;
  readonly text: string;
}

/** A refusal that can be mended in the code field: the text beside it. Undefined for a dead end. */
export function mendable(error: unknown): string | undefined {
  if (!(error instanceof RedemptionRefused)) return undefined;
  switch (error.code) {
    case 'code-wrong':
      return `The code is not right. ${triesText(error.triesLeft)} Compare it with your letter or message, sign by sign.`;
    case 'too-many-requests':
      return 'There were too many tries in a short time. Wait a minute, then try again.';
    case 'offline':
      return 'We could not reach the service. Check your connection and try again; nothing is lost.';
    case 'unavailable':
    case 'internal':
      return 'The service has a problem at the moment. Try again in a few minutes; your code stays good.';
    default:
      return undefined;
  }
}

function triesText(left: number | undefined): string {
  if (left === undefined) return '';
  return left === 1 ? 'You have 1 try left.' : `You have ${left} tries left.`;
}

/** A refusal after which this page can do no more, in plain words with the next step. */
export function deadEnd(error: unknown): DeadEnd {
  const code = error instanceof RedemptionRefused ? error.code : 'unknown';
  switch (code) {
    case 'offline':
    case 'unavailable':
    case 'internal':
    case 'too-many-requests':
      return {
        title: 'The service could not be reached',
        text: 'Your keys are still here. Leave this page open, check your connection and try again below. If you close it, you need a new code.',
      };
    case 'code-locked':
      return {
        title: 'This code is locked',
        text: 'A wrong code was entered five times, so nobody can use this one any more. Ask the person who ordered your certificate for a new one. They do not need to explain why.',
      };
    case 'not-redeemable':
      return {
        title: 'This code can no longer be used',
        text: 'It was used already, it has expired, or the order was withdrawn. If you used it yourself and have the file, there is nothing to do. Otherwise ask the person who ordered your certificate for a new one.',
      };
    case 'slow':
      return {
        title: 'Your certificates are taking longer than usual',
        text: 'Leave this page open and try again below. If you close it, the keys made here are gone and you need a new code.',
      };
    case 'order-refused':
    case 'csr-refused':
      return {
        title: 'Your certificates could not be made',
        text: 'Something about the order changed since it was approved. Ask the person who ordered your certificate; tell them the reference below.',
      };
    default:
      return {
        title: 'Something went wrong',
        text: 'Your keys were not kept and no file was made. Load this page and try again; if it happens twice, tell the person who ordered your certificate the reference below.',
      };
  }
}
