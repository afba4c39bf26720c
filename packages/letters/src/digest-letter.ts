import { purposeOf } from './expiry-letter.ts';
import type { Letter, Part } from './letter.ts';
import { dayText } from './time-text.ts';

/** Certificates of one agency and profile that reach the same step. */
export interface EndingGroup {
  /** As many days or less are left. */
  readonly days: number;
  readonly agencyId: string | null;
  readonly profileId: string;
  readonly count: number;
  /** When the first of them ends. */
  readonly firstEnd: Date;
}

/** A certificate that somebody has to look at. */
export interface NotedCertificate {
  readonly serial: Uint8Array;
  readonly agencyId: string | null;
  readonly profileId: string;
  readonly since: Date;
}

/** What operators are told of once a working day. Nothing in it comes from outside but agency ids. */
export interface DigestFacts {
  readonly ending: readonly EndingGroup[];
  /** Orders that wait for approval, and since when the oldest does. */
  readonly waiting: { readonly count: number; readonly oldest: Date | null };
  readonly failed: { readonly mails: number; readonly orders: number };
  /** Encryption certificates that nobody confirmed for 30 days (WF-E, step 13). */
  readonly unconfirmed: readonly NotedCertificate[];
  /** Gateway certificates that were replaced, whose overlap is over and which are still good. */
  readonly overlapOver: readonly NotedCertificate[];
}

/** Lines of one list; the console has them all. */
const MOST = 40;

/** Whether there is anything to tell. */
export function isWorthADigest({ ending, waiting, failed, unconfirmed, overlapOver }: DigestFacts): boolean {
  return ending.length + waiting.count + failed.mails + failed.orders + unconfirmed.length + overlapOver.length > 0;
}

/** The letter that tells an operator what ends, what waits and what failed. */
export function digestLetter(day: string, facts: DigestFacts, portalUrl: string): Letter {
  const { ending, waiting, failed, unconfirmed, overlapOver } = facts;
  const parts: Part[] = [{ kind: 'paragraph', text: `Hello, this is how things stand on ${day}.` }];
  const list = (title: string, items: readonly string[]): void => {
    if (items.length === 0) return;
    const more = items.length > MOST ? [`and ${items.length - MOST} more`] : [];
    parts.push({ kind: 'paragraph', text: title }, { kind: 'list', items: [...items.slice(0, MOST), ...more] });
  };
  const since = waiting.oldest === null ? '' : `, the oldest since ${dayText(waiting.oldest)}`;
  list('Waiting for a decision:', waiting.count === 0 ? [] : [`${count(waiting.count, 'order')}${since}`]);
  list('Failed since yesterday:', [
    ...(failed.orders === 0 ? [] : [`${count(failed.orders, 'order')} that the signer refused`]),
    ...(failed.mails === 0
      ? []
      : [`${count(failed.mails, 'mail')} that could not be handed over: see mail list --state failed`]),
  ]);
  list(
    'Ending soon, and without a successor:',
    ending.map(
      (one) =>
        `within ${one.days === 1 ? 'one day' : `${one.days} days`}: ${count(one.count, 'certificate')} for ${purposeOf(one.profileId)}${of(one)}, the first on ${dayText(one.firstEnd)}`,
    ),
  );
  list(
    'New encryption certificates that nobody has confirmed for 30 days, so that the directory does not have them:',
    unconfirmed.map(noted),
  );
  list(
    'Replaced gateway certificates whose overlap is over; they may be revoked as superseded:',
    overlapOver.map(noted),
  );
  parts.push(
    { kind: 'paragraph', text: 'Everything is on the console:' },
    { kind: 'link', url: `${portalUrl}/console` },
  );
  return { subject: `SEE PKI on ${day}: ${headline(facts)}`, parts };
}

function headline({ ending, waiting, failed }: DigestFacts): string {
  const ends = ending.reduce((sum, one) => sum + one.count, 0);
  return `${waiting.count} waiting, ${failed.mails + failed.orders} failed, ${ends} ending`;
}

function noted(one: NotedCertificate): string {
  return `serial number ${one.serial.toHex()}, ${purposeOf(one.profileId)}${of(one)}, since ${dayText(one.since)}`;
}

function of({ agencyId }: { readonly agencyId: string | null }): string {
  return agencyId === null ? '' : `, ${agencyId}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
