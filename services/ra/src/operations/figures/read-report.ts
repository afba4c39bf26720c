import { countReasons, readBeginning, readDecisionTimes, readTotals } from '@see/db/ra';
import { reasonName } from '@see/domain';
import { Refusal } from '@see/http';
import type { Ra } from '../../ra.ts';
import { agenciesUntil, algorithmsOf, daysOf, expiriesFrom } from './read-figures.ts';
import { dayOf, monthAfter, monthOf, monthsFrom, startOfDay } from './scheme-calendar.ts';

/** Months that a report looks ahead. */
const AHEAD = 12;

/** The months of which there is a report, the latest first: from the instance's first statement on, at most two years. */
export async function reportMonths(ra: Ra): Promise<readonly string[]> {
  const now = monthOf(ra.now());
  const begin = monthOf((await readBeginning(ra.db)) ?? ra.now());
  return monthsFrom(begin, now).toReversed().slice(0, 24);
}

/** What a steering group reads about one month (`2026-11`). Throws Refusal `not-found` for months without a report. */
export async function readReport(ra: Ra, month: string) {
  const months = await reportMonths(ra);
  if (!months.includes(month)) throw new Refusal('not-found', 'There is no report of this month.');
  const now = ra.now();
  const from = startOfDay(`${month}-01`);
  const end = startOfDay(`${monthAfter(month, 1)}-01`);
  const until = new Date(Math.min(end.getTime(), now.getTime()));
  const span = { from, until };
  const [totals, seconds, days, reasons, expiries, algorithms] = await Promise.all([
    readTotals(ra.db, span),
    readDecisionTimes(ra.db, span),
    daysOf(ra, span, dayOf(new Date(until.getTime() - 1))),
    countReasons(ra.db, span),
    expiriesFrom(ra, until, AHEAD),
    algorithmsOf(ra, now),
  ]);
  return {
    month,
    now,
    complete: end <= now,
    totals,
    decisions: { seconds },
    days,
    reasons: reasons.map(({ reason, count }) => ({ reason: reasonName(reason) ?? 'unspecified', count })),
    expiries,
    algorithms,
    agencies: agenciesUntil(ra, month, AHEAD),
  };
}
