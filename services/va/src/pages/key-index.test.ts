import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KeyIndex } from './key-index.ts';

const MANY = 60_000;
const fingerprintOf = (number: number): number => createHash('sha256').update(String(number)).digest().readUInt32LE();

describe('key index', () => {
  it('finds every row of a fingerprint, however many there are and in whatever order they came', () => {
    const index = new KeyIndex();
    // Each fingerprint has three rows; one has many more than are sorted in at once.
    for (let row = MANY - 1; row >= 0; row -= 1) index.add(fingerprintOf(row % (MANY / 3)), row);
    for (let row = 0; row < 10_000; row += 1) index.add(5, row * 2);
    for (let key = 0; key < MANY / 3; key += 61)
      expect(index.rows(fingerprintOf(key))).toEqual([key, key + MANY / 3, key + (2 * MANY) / 3]);
    expect(index.rows(5)).toEqual(Array.from({ length: 10_000 }, (_, row) => row * 2));
    expect(index.rows(6)).toEqual([]);
    // Eight octets an entry, and room for those that are not sorted in yet.
    expect(index.bytes).toBeLessThan((MANY + 10_000) * 8 + 40_000);
  });

  it('is the same again from its runs, and goes on', () => {
    const index = new KeyIndex();
    for (let row = 0; row < 5_000; row += 1) index.add(row % 7, row);
    const again = new KeyIndex();
    again.restore(index.runs.map((run) => new Uint32Array(run)));
    again.add(3, 3);
    again.add(3, 70_000);
    for (const key of [0, 6, 7]) expect(again.rows(key)).toEqual(index.rows(key));
    expect(again.rows(3)).toEqual([...index.rows(3), 70_000]);
    expect(again.rows(3).length).toBeGreaterThan(700);
  });

  it('keeps fingerprints beyond 31 bits in their order', () => {
    const index = new KeyIndex();
    const high = [0xffff_ffff, 0x8000_0000, 0x7fff_ffff, 0];
    for (let round = 0; round < 3_000; round += 1) for (const [row, one] of high.entries()) index.add(one, row);
    for (const [row, one] of high.entries()) expect(index.rows(one)).toEqual([row]);
  });
});
