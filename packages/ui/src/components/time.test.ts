import { ENGLISH } from '@see/language';
import { describe, expect, it } from 'vitest';
import { distanceText, momentIn } from './time.ts';

describe('momentIn', () => {
  const evening = new Date('2026-11-21T14:30:00Z');
  it.each([
    ['the zone of the site, a day ahead', ENGLISH, '22 Nov 2026, 03:30 (21 Nov 14:30\u00a0UTC)'],
    ['te reo Māori', { ...ENGLISH, language: 'mi' }, '22 Rangi 2026, 03:30 (21 Rangi 14:30\u00a0UTC)'],
    ['the same day', { ...ENGLISH, zone: 'Europe/London' }, '21 Nov 2026, 14:30 (14:30\u00a0UTC)'],
  ] as const)('%s', (_name, speech, want) => {
    expect(momentIn(evening, speech)).toBe(want);
  });

  it('knows summer time', () => {
    expect(momentIn(new Date('2026-07-01T00:00:00Z'), ENGLISH)).toContain('12:00');
    expect(momentIn(new Date('2026-12-01T00:00:00Z'), ENGLISH)).toContain('13:00');
  });
});

describe('distanceText', () => {
  const now = new Date('2026-11-22T00:00:00Z');
  it.each([
    ['2026-11-22T00:00:01Z', 'in 1 second'],
    ['2026-11-21T21:00:00Z', '3 hours ago'],
    ['2026-12-04T00:00:00Z', 'in 12 days'],
  ])('%s', (time, want) => {
    expect(String(distanceText(new Date(time), now))).toBe(want);
  });
});
