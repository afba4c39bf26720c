import { describe, expect, it } from 'vitest';
import { ExaminedOctets } from './examined-octets.ts';

const key = new Uint8Array(48).fill(1);
const notBefore = new Date('2026-11-22T00:00:00Z');
const der = Uint8Array.of(1, 2, 3);
const other = Uint8Array.of(1, 2, 4);

describe('examined octets', () => {
  it('are known again, and others are not', () => {
    const examined = new ExaminedOctets(key);
    examined.keep(40_000, der, { notBefore, encrypts: true });
    examined.keep(3, other, { notBefore, encrypts: false });
    expect([examined.isSame(40_000, der), examined.isSame(40_000, other)]).toEqual([true, false]);
    expect([examined.isSame(3, other), examined.isSame(3, der), examined.isSame(4, der)]).toEqual([true, false, false]);
    expect([examined.encrypts(40_000), examined.encrypts(3), examined.encrypts(99)]).toEqual([true, false, false]);
    expect([examined.notBefore(3), examined.notBefore(99)]).toEqual([notBefore.getTime(), 0]);
  });

  it('are not those of another va, and come back from their rows', () => {
    const examined = new ExaminedOctets(key);
    for (let row = 0; row < 100; row += 1) examined.keep(row, der, { notBefore, encrypts: false });
    const again = new ExaminedOctets(key);
    again.restore(examined.rows);
    expect(again.isSame(99, der)).toBe(true);
    const elsewhere = new ExaminedOctets(new Uint8Array(48).fill(2));
    elsewhere.restore(examined.rows);
    expect(elsewhere.isSame(99, der)).toBe(false);
  });
});
