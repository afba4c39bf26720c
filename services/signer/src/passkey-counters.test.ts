import { describe, expect, it } from 'vitest';
import { grows } from './passkey-counters.ts';

describe('two uses of a passkey', () => {
  it.each([
    ['later with a higher counter', { at: 1, count: 5 }, { at: 2, count: 6 }, true],
    ['later with a much higher counter', { at: 1, count: 5 }, { at: 2, count: 4_000_000_000 }, true],
    ['later with the same counter', { at: 1, count: 5 }, { at: 2, count: 5 }, false],
    ['later with a lower counter', { at: 1, count: 5 }, { at: 2, count: 4 }, false],
    ['later, and it stopped counting', { at: 1, count: 5 }, { at: 2, count: 0 }, false],
    ['later, and it began to count', { at: 1, count: 0 }, { at: 2, count: 1 }, true],
    ['earlier with a lower counter', { at: 2, count: 5 }, { at: 1, count: 4 }, true],
    ['earlier with the same counter', { at: 2, count: 5 }, { at: 1, count: 5 }, false],
    ['earlier with a higher counter', { at: 2, count: 5 }, { at: 1, count: 6 }, false],
    ['without counting', { at: 1, count: 0 }, { at: 2, count: 0 }, true],
  ])('%s', (_name, known, use, want) => {
    expect(grows(known, use)).toBe(want);
  });
});
