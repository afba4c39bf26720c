import { t } from '@see/language';
import { purposeOf, withinDays } from './expiry-letter.ts';
import type { Letter, Part, Words } from './letter.ts';
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
  const parts: Part[] = [{ kind: 'paragraph', text: t`Hello, this is how things stand on ${day}.` }];
  const list = (title: Words, items: readonly Words[]): void => {
    if (items.length === 0) return;
    const more = items.length > MOST ? [t`and ${items.length - MOST} more`] : [];
    parts.push({ kind: 'paragraph', text: title }, { kind: 'list', items: [...items.slice(0, MOST), ...more] });
  };
  list(t`Waiting for a decision:`, waiting.count === 0 ? [] : [waitingOrders(waiting)]);
  list(t`Failed since yesterday:`, failures(failed));
  list(t`Ending soon, and without a successor:`, ending.map(endingGroup));
  list(
    t`New encryption certificates that nobody has confirmed for 30 days, so that the directory does not have them:`,
    unconfirmed.map(noted),
  );
  list(
    t`Replaced gateway certificates whose overlap is over; they may be revoked as superseded:`,
    overlapOver.map(noted),
  );
  parts.push(
    { kind: 'paragraph', text: t`Everything is on the console:` },
    { kind: 'link', url: `${portalUrl}/console` },
  );
  const ends = ending.reduce((sum, one) => sum + one.count, 0);
  return {
    subject: t`SEE PKI on ${day}: ${waiting.count} waiting, ${failed.mails + failed.orders} failed, ${ends} ending`,
    parts,
  };
}

function waitingOrders({ count, oldest }: DigestFacts['waiting']): Words {
  const orders = count === 1 ? t`1 order` : t`${count} orders`;
  return oldest === null ? orders : t`${orders}, the oldest since ${dayText(oldest)}`;
}

function failures({ orders, mails }: DigestFacts['failed']): Words[] {
  const lines: Words[] = [];
  if (orders > 0)
    lines.push(orders === 1 ? t`1 order that the signer refused` : t`${orders} orders that the signer refused`);
  if (mails > 0)
    lines.push(
      mails === 1
        ? t`1 mail that could not be handed over: see mail list --state failed`
        : t`${mails} mails that could not be handed over: see mail list --state failed`,
    );
  return lines;
}

function endingGroup(one: EndingGroup): Words {
  const certificates = one.count === 1 ? t`1 certificate` : t`${one.count} certificates`;
  return t`${withinDays(one.days)}: ${certificates} for ${purposeOf(one.profileId)}${of(one)}, the first on ${dayText(one.firstEnd)}`;
}

function noted(one: NotedCertificate): Words {
  return t`serial number ${one.serial.toHex()}, ${purposeOf(one.profileId)}${of(one)}, since ${dayText(one.since)}`;
}

/** The agency by its id, after a comma. */
function of({ agencyId }: { readonly agencyId: string | null }): string {
  return agencyId === null ? '' : `, ${agencyId}`;
}
