import {
  countAlgorithms,
  countDays,
  countExpiries,
  readCrlSizes,
  readDecisionTimes,
  readWaiting,
  type Span,
} from '@see/db/ra';
import { activeProfile } from '@see/domain';
import { profileOf } from '@see/policy';
import type { Ra } from '../../ra.ts';
import { dayOf, daysFrom, monthAfter, monthOf, monthsFrom, startOfDay } from './scheme-calendar.ts';

/** Days that the pictures of what happened show. */
const DAYS = 30;
/** Months that are looked ahead, and back. */
const MONTHS = 24;

/** Everything that the page of figures draws: the last thirty days, the queue of this moment, what is to come. */
export async function readFigures(ra: Ra) {
  const now = ra.now();
  const today = dayOf(now);
  const from = startOfDay(dayOf(new Date(startOfDay(today).getTime() - (DAYS - 1) * 86_400_000 + 43_200_000)));
  const span = { from, until: now };
  const [since, seconds, days, expiries, kinds, crlSizes] = await Promise.all([
    readWaiting(ra.db),
    readDecisionTimes(ra.db, span),
    daysOf(ra, span, today),
    expiriesFrom(ra, now, MONTHS),
    algorithmsOf(ra, now),
    crlSizesOf(ra, span, today),
  ]);
  return {
    now,
    waiting: { now, since },
    decisions: { seconds },
    days,
    expiries,
    algorithms: kinds,
    agencies: agenciesUntil(ra, monthOf(now), MONTHS),
    crlSizes,
    ocspDelays: { looks: ra.published.delays.map(({ at, took }) => ({ at, took: [...took] })) },
  };
}

/** What was issued and revoked on each day of a span that ends on `last`. */
export async function daysOf(ra: Ra, span: Span, last: string) {
  const counted = new Map((await countDays(ra.db, span)).map((one) => [one.day, one]));
  return {
    days: daysFrom(dayOf(span.from), last).map((day) => counted.get(day) ?? { day, issued: 0, revoked: 0 }),
  };
}

/** What ends in each of the months from a moment on; the first of them counts from that moment. */
export async function expiriesFrom(ra: Ra, from: Date, count: number) {
  const first = monthOf(from);
  const last = monthAfter(first, count - 1);
  const until = startOfDay(`${monthAfter(last, 1)}-01`);
  const found = new Map((await countExpiries(ra.db, { from, until })).map((one) => [one.month, one.count]));
  return { months: monthsFrom(first, last).map((month) => ({ month, count: found.get(month) ?? 0 })) };
}

/** The inventory of algorithms of this moment, with the titles of profiles. */
export async function algorithmsOf(ra: Ra, now: Date) {
  const kinds = await countAlgorithms(ra.db, now);
  return {
    kinds: kinds.map(({ profileId, ...kind }) => {
      const active = activeProfile(ra.authority.current, profileId);
      return { ...kind, profile: active ? profileOf(active.content).title : profileId };
    }),
  };
}

/** How many agencies were members at the end of each of the months up to `last`, as the chain says it today. */
export function agenciesUntil(ra: Ra, last: string, count: number) {
  const members = [...ra.authority.current.agencies.values()].flatMap(({ name, status, membership }) =>
    membership && status !== 'removed' ? [{ name, month: monthOf(new Date(membership.start * 1000)) }] : [],
  );
  return {
    months: monthsFrom(monthAfter(last, 1 - count), last).map((month) => ({
      month,
      members: members.filter((one) => one.month <= month).length,
      joined: members.filter((one) => one.month === month).map(({ name }) => name),
    })),
  };
}

async function crlSizesOf(ra: Ra, span: Span, last: string) {
  const sizes = await readCrlSizes(ra.db, span);
  const days = daysFrom(dayOf(span.from), last);
  const byCa = Map.groupBy(sizes, ({ ca }) => ca);
  return {
    days,
    cas: [...byCa].map(([ca, of]) => {
      const found = new Map(of.map((one) => [one.day, one]));
      return {
        ca,
        octets: days.map((day) => found.get(day)?.octets),
        entries: days.map((day) => found.get(day)?.entries),
      };
    }),
  };
}
