import type { Delegate } from './delegate.ts';
import { type AnswerTimes, wholeSecond } from './single-response.ts';
import { TryLaterError } from './work-queue.ts';

/** A reading of the revocations that is no older counts as of now: readings are five seconds apart. */
const FRESH_MS = 15_000;

/**
 * The times of an answer that is signed now. thisUpdate is the time up to which revocations are known: now, unless the
 * database is away. nextUpdate is never beyond the delegate's end (REV-24). `knownAt` undefined: nothing was read yet.
 * Throws TryLaterError when what is known is too old.
 */
export function answerTimes(now: Date, knownAt: Date | undefined, delegate: Delegate, validity: number): AnswerTimes {
  if (!knownAt) throw new TryLaterError('status-too-old');
  const thisUpdate = wholeSecond(isRecent(knownAt, now) ? now : knownAt);
  const nextUpdate = endOf(thisUpdate, delegate, validity);
  if (nextUpdate <= now) throw new TryLaterError('status-too-old');
  return { thisUpdate, producedAt: wholeSecond(now), nextUpdate };
}

/** Whether a reading of the revocations counts as of now. */
export function isRecent(knownAt: Date | undefined, now: Date): boolean {
  return knownAt !== undefined && now.getTime() - knownAt.getTime() <= FRESH_MS;
}

/** The times that an answer had which was signed when its status was known of that second. */
export function timesOfSecond(second: number, delegate: Delegate, validity: number): AnswerTimes {
  const thisUpdate = new Date(second * 1000);
  return { thisUpdate, producedAt: thisUpdate, nextUpdate: endOf(thisUpdate, delegate, validity) };
}

function endOf(thisUpdate: Date, delegate: Delegate, validity: number): Date {
  return new Date(Math.min(thisUpdate.getTime() + validity, delegate.certificate.notAfter.getTime()));
}
