import { describe, expect, it } from 'vitest';
import { dayOf, daysFrom, monthAfter, monthOf, monthsFrom, startOfDay } from './scheme-calendar.ts';

describe('the calendar of the scheme', () => {
  it.each([
    ['2026-11-22', '2026-11-21T11:00:00.000Z'],
    ['2026-07-01', '2026-06-30T12:00:00.000Z'],
    // Clocks go forward at 02:00 on 27 September and back at 03:00 on 5 April.
    ['2026-09-27', '2026-09-26T12:00:00.000Z'],
    ['2026-09-28', '2026-09-27T11:00:00.000Z'],
    ['2026-04-05', '2026-04-04T11:00:00.000Z'],
    ['2026-04-06', '2026-04-05T12:00:00.000Z'],
  ])('%s begins at %s', (day, want) => {
    expect(startOfDay(day).toISOString()).toBe(want);
    expect(dayOf(new Date(want))).toBe(day);
    expect(dayOf(new Date(Date.parse(want) - 1))).not.toBe(day);
  });

  it('counts months and days', () => {
    expect(monthOf(new Date('2026-11-30T11:00:00Z'))).toBe('2026-12');
    expect(monthAfter('2026-11', 2)).toBe('2027-01');
    expect(monthAfter('2026-01', -1)).toBe('2025-12');
    expect(monthsFrom('2026-11', '2027-01')).toEqual(['2026-11', '2026-12', '2027-01']);
    expect(daysFrom('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  });
});
