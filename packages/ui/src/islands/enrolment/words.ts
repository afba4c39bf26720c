import { type SafeHtml, t } from '@see/language';
import { RedemptionRefused } from './redemption.ts';

/** What to tell somebody whose code or browser does not get them further. */
export interface DeadEnd {
  readonly title: SafeHtml;
  readonly text: SafeHtml;
}

/** A refusal that can be mended in the code field: the text beside it. Undefined for a dead end. */
export function mendable(error: unknown): SafeHtml | undefined {
  if (!(error instanceof RedemptionRefused)) return undefined;
  switch (error.code) {
    case 'code-wrong':
      return wrongCode(error.triesLeft);
    case 'too-many-requests':
      return t`There were too many tries in a short time. Wait a minute, then try again.`;
    case 'offline':
      return t`We could not reach the service. Check your connection and try again; nothing is lost.`;
    case 'unavailable':
    case 'internal':
      return t`The service has a problem at the moment. Try again in a few minutes; your code stays good.`;
    default:
      return undefined;
  }
}

function wrongCode(left: number | undefined): SafeHtml {
  if (left === undefined) return t`The code is not right. Compare it with your mail, sign by sign.`;
  return left === 1
    ? t`The code is not right. You have 1 try left. Compare it with your mail, sign by sign.`
    : t`The code is not right. You have ${left} tries left. Compare it with your mail, sign by sign.`;
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
        title: t`The service could not be reached`,
        text: t`Your keys are still here. Leave this page open, check your connection and try again below. If you close it, you need a new code.`,
      };
    case 'code-locked':
      return {
        title: t`This code is locked`,
        text: t`A wrong code was entered five times, so nobody can use this one any more. Ask the person who ordered your certificate for a new one. They do not need to explain why.`,
      };
    case 'not-redeemable':
      return {
        title: t`This code can no longer be used`,
        text: t`It was used already, it has expired, or the order was withdrawn. If you used it yourself and have the file, there is nothing to do. Otherwise ask the person who ordered your certificate for a new one.`,
      };
    case 'slow':
      return {
        title: t`Your certificates are taking longer than usual`,
        text: t`Leave this page open and try again below. If you close it, the keys made here are gone and you need a new code.`,
      };
    case 'order-refused':
    case 'csr-refused':
      return {
        title: t`Your certificates could not be made`,
        text: t`Something about the order changed since it was approved. Ask the person who ordered your certificate; tell them the reference below.`,
      };
    default:
      return {
        title: t`Something went wrong`,
        text: t`Your keys were not kept and no file was made. Load this page and try again; if it happens twice, tell the person who ordered your certificate the reference below.`,
      };
  }
}

/** Whether the reader may have had certificates by this code, and lost them. */
export function mayHaveLost(error: unknown): boolean {
  return error instanceof RedemptionRefused && error.code === 'not-redeemable';
}
