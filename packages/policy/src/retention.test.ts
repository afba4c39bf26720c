import { describe, expect, it } from 'vitest';
import { DISPOSABLE_KINDS, latestCutOff, RETENTION } from './retention.ts';

describe('retention', () => {
  it('is said of each kind once: for how long, or why for good', () => {
    expect(new Set(RETENTION.map(({ kind }) => kind)).size).toBe(RETENTION.length);
    for (const { keepYears, why } of RETENTION) expect((keepYears === null) === (why !== null)).toBe(true);
    expect(
      RETENTION.filter(({ keepYears }) => keepYears !== null)
        .map(({ kind }) => kind)
        .toSorted(),
    ).toEqual([...DISPOSABLE_KINDS]);
  });

  it('of what can be disposed of ends two years back, to the day (GOV-22)', () => {
    for (const kind of DISPOSABLE_KINDS)
      expect(latestCutOff(kind, new Date('2026-11-22T10:00:00Z'))).toEqual(new Date('2024-11-22T10:00:00Z'));
  });
});
