import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RevokedRow, RevokedSet } from './revoked-set.ts';

const rowOf = (serial: Uint8Array, reason = 1): RevokedRow => ({
  serial,
  reason,
  revokedAt: 1_700_000_000,
  invalidSince: reason === 3 ? 1_600_000_000 : 0,
  expires: 1_900_000_000,
});
const serialOf = (number: number, octets = 16): Uint8Array =>
  new Uint8Array(createHash('sha256').update(String(number)).digest().subarray(0, octets));
const order = (one: string, other: string): number => one.length - other.length || (one < other ? -1 : 1);

describe('revoked set', () => {
  it('is in the order of the numbers, whatever order they came in', () => {
    const set = new RevokedSet();
    const serials: string[] = [];
    for (let number = 0; number < 20_000; number += 1) {
      const serial = serialOf(number, number % 3 === 0 ? 20 : 16);
      serials.push(serial.toHex());
      set.put(rowOf(serial));
    }
    expect(Array.from(set.rows(), ({ serial }) => serial.toHex())).toEqual(serials.toSorted(order));
    expect(set.size).toBe(20_000);
    expect(set.get(serialOf(77))).toEqual(rowOf(serialOf(77)));
    expect(set.get(serialOf(20_001))).toBeUndefined();
  });

  it('takes rows that come in order into full chunks', () => {
    const set = new RevokedSet();
    for (let number = 0; number < 50_000; number += 1)
      set.put(rowOf(Uint8Array.of(0x40, number >> 16, (number >> 8) & 0xff, number & 0xff)));
    expect(set.bytes / set.size).toBeLessThan(39);
  });

  it('does what a map would do', () => {
    const step = fc.record({ number: fc.nat(60), reason: fc.constantFrom(0, 1, 3, 6), gone: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const set = new RevokedSet();
        const model = new Map<string, RevokedRow>();
        for (const { number, reason, gone } of steps) {
          const serial = serialOf(number, 1 + (number % 20));
          if (gone) expect(set.delete(serial)).toBe(model.delete(serial.toHex()));
          else {
            set.put(rowOf(serial, reason));
            model.set(serial.toHex(), rowOf(serial, reason));
          }
        }
        const sorted = [...model].toSorted(([one], [other]) => order(one, other)).map(([, row]) => row);
        expect([...set.rows()]).toEqual(sorted);
        expect(set.size).toBe(model.size);
      }),
    );
  });

  it('is gone through without objects, all of it or a range', () => {
    const set = new RevokedSet();
    for (let number = 0; number < 10_000; number += 1) set.put(rowOf(serialOf(number), number % 2 === 0 ? 1 : 6));
    const read = (cursor: ReturnType<RevokedSet['cursor']>): string[] => {
      const found: string[] = [];
      while (cursor.next())
        found.push(`${cursor.octets.subarray(cursor.at, cursor.at + cursor.length).toHex()} ${cursor.reason}`);
      return found;
    };
    const all = Array.from(set.rows(), ({ serial, reason }) => `${serial.toHex()} ${reason}`);
    expect(read(set.cursor())).toEqual(all);
    expect(read(new RevokedSet().cursor())).toEqual([]);
    const serials = [...set.rows()].map(({ serial }) => serial);
    const places = [0, 1, 2_047, 2_048, 4_095, 4_096, 4_097, 9_998, 9_999];
    for (const from of places) {
      for (const before of [...places, undefined]) {
        const end = before === undefined ? undefined : serials[before];
        expect(read(set.cursor({ from: serials[from] as Uint8Array, before: end }))).toEqual(all.slice(from, before));
      }
    }
    const above = { from: Uint8Array.of(0x41, ...new Uint8Array(15)), before: undefined };
    expect(read(set.cursor(above))).toEqual(all.filter((text) => text > '41'));
    expect(read(set.cursor({ from: new Uint8Array(20).fill(0x7f), before: undefined }))).toEqual([]);
    expect(read(new RevokedSet().cursor(above))).toEqual([]);
  });

  it('keeps the round in which a row was put, and takes lists', () => {
    const set = new RevokedSet();
    set.put(rowOf(serialOf(1)), 7);
    set.put(rowOf(serialOf(2)), 250);
    const rounds = (cursor = set.cursor()) => {
      const found: number[] = [];
      while (cursor.next()) found.push(cursor.round);
      return found;
    };
    expect(rounds()).toEqual([7, 250]);
    const copy = new RevokedSet();
    copy.putAll(set.cursor());
    expect([...copy.rows()]).toEqual(Array.from(set.rows(), (row) => ({ ...row, expires: 0 })));
  });

  it('refuses what is no serial number', () => {
    expect(() => new RevokedSet().put(rowOf(new Uint8Array(0)))).toThrow(RangeError);
    expect(() => new RevokedSet().put(rowOf(new Uint8Array(21)))).toThrow(RangeError);
  });
});
