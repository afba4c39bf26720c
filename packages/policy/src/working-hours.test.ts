import { describe, expect, it } from 'vitest';
import { outsideHours } from './working-hours.ts';

const hours = { zone: 'Pacific/Auckland', from: '07:00', until: '19:00', days: [1, 2, 3, 4, 5] };
const outside = (time: string, change: object = {}): boolean =>
  outsideHours(Date.parse(time) / 1000, { ...hours, ...change }) !== undefined;

describe('working hours in Wellington', () => {
  it.each<[string, string, boolean]>([
    // Winter: UTC+12.
    ['before seven on a Monday in winter', '2026-06-14T18:59:59Z', true],
    ['seven on a Monday in winter', '2026-06-14T19:00:00Z', false],
    ['before seven in the evening', '2026-06-15T06:59:59Z', false],
    ['seven in the evening', '2026-06-15T07:00:00Z', true],
    ['noon on a Friday', '2026-06-19T00:00:00Z', false],
    ['noon on a Saturday', '2026-06-20T00:00:00Z', true],
    ['noon on a Sunday', '2026-06-21T00:00:00Z', true],
    // Summer time begins on Sunday, 27 September 2026, and ends on Sunday, 4 April 2027.
    ['the Friday before summer time, seven', '2026-09-24T19:00:00Z', false],
    ['the Friday before summer time, six', '2026-09-24T18:00:00Z', true],
    ['the Monday after it began, seven by the new time', '2026-09-27T18:00:00Z', false],
    ['the Monday after it began, before seven', '2026-09-27T17:59:59Z', true],
    ['the Monday after it began, seven in the evening', '2026-09-28T06:00:00Z', true],
    ['the Monday after it ended, seven by the old time', '2027-04-04T19:00:00Z', false],
    ['the Monday after it ended, six by the old time', '2027-04-04T18:59:59Z', true],
  ])('%s', (_name, time, want) => {
    expect(outside(time)).toBe(want);
  });

  it('may be every hour of every day, and of Sundays only', () => {
    const always = { from: '00:00', until: '23:59', days: [1, 2, 3, 4, 5, 6, 7] };
    expect(outside('2026-06-14T12:00:00Z', always)).toBe(false);
    expect(outside('2026-06-14T00:00:00Z', { days: [7] })).toBe(false);
    expect(outside('2026-06-15T00:00:00Z', { days: [7] })).toBe(true);
  });

  it('say when and where, in words', () => {
    expect(outsideHours(Date.parse('2026-06-20T15:12:00Z') / 1000, hours)).toBe(
      'ordered on Sunday at 03:12 (Pacific/Auckland), outside Monday, Tuesday, Wednesday, Thursday, Friday from 07:00 to 19:00',
    );
  });

  it('of a place that this machine does not know are never', () => {
    expect(outsideHours(0, { ...hours, zone: 'Middle/Earth' })).toMatch(/does not know the time zone Middle\/Earth/);
  });
});
