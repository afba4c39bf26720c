import { describe, expect, it } from 'vitest';
import { readCursor, readNumberCursor, readTimeCursor, writeCursor } from './cursor.ts';

const ID = '3f0c6a52-2f43-4c3e-9f4b-0c8f3a5d9a10';

describe('cursors', () => {
  it('come back as they were written', () => {
    expect(readCursor(writeCursor(['māori', 1]), 2)).toEqual(['māori', 1]);
    expect(readNumberCursor(writeCursor([42]))).toBe(42);
    expect(readTimeCursor(writeCursor([1_000, ID]))).toEqual({ createdAt: new Date(1_000), id: ID });
    expect(readTimeCursor(undefined)).toBeUndefined();
  });

  it.each([
    '',
    'x',
    '%',
    writeCursor([]),
    writeCursor(['1']),
    writeCursor([-1]),
    writeCursor([1.5]),
    writeCursor([1, 2]),
  ])('refuses %j as a number', (cursor) => {
    expect(() => readNumberCursor(cursor)).toThrow();
  });

  it.each([writeCursor(['x', ID]), writeCursor([1, "'; drop table orders"]), writeCursor([1e300, ID])])(
    'refuses %j as a time',
    (cursor) => {
      expect(() => readTimeCursor(cursor)).toThrow();
    },
  );
});
