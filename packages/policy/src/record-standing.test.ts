import { describe, expect, it } from 'vitest';
import { RECORD_STANDINGS, recordStanding, reviewedBetween } from './record-standing.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const DAY = 86_400_000;
const at = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);

describe('a record', () => {
  it.each([
    ['30 days and a millisecond before its review', 30 * DAY + 1, 'current'],
    ['30 days before', 30 * DAY, 'due'],
    ['a millisecond before', 1, 'due'],
    ['at its review', 0, 'stale'],
    ['a year after', -365 * DAY, 'stale'],
  ])('%s', (_name, left, standing) => {
    expect(recordStanding(at(left), NOW)).toBe(standing);
    // The same boundaries as lists have.
    const found = RECORD_STANDINGS.filter((one) => {
      const { after, until } = reviewedBetween(one, NOW);
      return (after === undefined || at(left) > after) && (until === undefined || at(left) <= until);
    });
    expect(found).toEqual([standing]);
  });
});
