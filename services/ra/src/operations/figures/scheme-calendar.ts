import { schemeDay } from '@see/letters';

/** The calendar day (`2026-11-22`) on which a moment is in New Zealand. */
export function dayOf(time: Date): string {
  return schemeDay(time).day;
}

/** The month (`2026-11`) in which a moment is in New Zealand. */
export function monthOf(time: Date): string {
  return dayOf(time).slice(0, 7);
}

/** The month so many months after another, or before it. */
export function monthAfter(month: string, count: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}

/** The months from the first to the last, both included. */
export function monthsFrom(first: string, last: string): readonly string[] {
  const months: string[] = [];
  for (let month = first; month <= last; month = monthAfter(month, 1)) months.push(month);
  return months;
}

/** The days from the first to the last, both included. */
export function daysFrom(first: string, last: string): readonly string[] {
  const days: string[] = [];
  for (let time = Date.parse(first); days.at(-1) !== last && time <= Date.parse(last); time += 86_400_000) {
    days.push(new Date(time).toISOString().slice(0, 10));
  }
  return days;
}

/** When a day begins in New Zealand: its first moment, also on the days on which the clock is moved. */
export function startOfDay(day: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // New Zealand is 12 or 13 hours ahead of UTC, and no clock is moved at midnight there.
  for (const hours of [13, 12]) {
    const moment = new Date(midnight - hours * 3_600_000);
    if (dayOf(moment) === day && dayOf(new Date(moment.getTime() - 1)) !== day) return moment;
  }
  throw new RangeError(`${day} does not begin 12 or 13 hours before UTC's`);
}
