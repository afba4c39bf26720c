import { describe, expect, it } from 'vitest';
import { ticksUpTo } from './ticks.ts';

describe('ticksUpTo', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [100, [0, 50, 100]],
    [101, [0, 50, 100, 150]],
    [2_999, [0, 1_000, 2_000, 3_000]],
  ])('for %i', (most, want) => {
    expect(ticksUpTo(most)).toEqual(want);
  });
});
