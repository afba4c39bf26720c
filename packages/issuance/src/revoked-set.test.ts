import { createHash } from 'node:crypto';
import type { CheckedEntries } from '@see/lint';
import { RevokedScanner } from '@see/x509';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RevokedRow, RevokedSet, type SerialRange } from './revoked-set.ts';

const rowOf = (serial: Uint8Array, reason = 1): RevokedRow => ({
  serial,
  reason,
  revokedAt: 1_700_000_000,
  invalidSince: reason === 3 ? 1_600_000_000 : 0,
});
/** A positive number in its shortest form. */
const serialOf = (number: number, octets = 16): Uint8Array => {
  const serial = new Uint8Array(createHash('sha256').update(String(number)).digest().subarray(0, octets));
  serial[0] = ((serial[0] as number) & 0x7f) | 1;
  return serial;
};
const order = (one: string, other: string): number => one.length - other.length || (one < other ? -1 : 1);

function filled(count: number): RevokedSet {
  const set = new RevokedSet();
  for (let number = 0; number < count; number += 1) set.put(rowOf(serialOf(number), number % 2 === 0 ? 1 : 6));
  return set;
}

/** Serial numbers in the runs of a set. */
function read(set: RevokedSet, range?: SerialRange): string[] {
  return set.entries(range).flatMap(({ octets }) => {
    const found: string[] = [];
    for (const entry = new RevokedScanner(octets, 0, octets.length, 2); entry.next(); )
      found.push(octets.subarray(entry.at, entry.at + entry.length).toHex());
    return found;
  });
}

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
    expect(set.bytes / set.size).toBeLessThan(51);
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

  it('is gone through without objects', () => {
    const set = filled(10_000);
    const found: string[] = [];
    for (const cursor = set.cursor(); cursor.next(); )
      found.push(`${cursor.octets.subarray(cursor.at, cursor.at + cursor.length).toHex()} ${cursor.reason}`);
    expect(found).toEqual(Array.from(set.rows(), ({ serial, reason }) => `${serial.toHex()} ${reason}`));
    expect(new RevokedSet().cursor().next()).toBe(false);
  });

  it('gives its encoded entries, all of them or a range', () => {
    const set = filled(10_000);
    const all = Array.from(set.rows(), ({ serial }) => serial.toHex());
    expect(read(set)).toEqual(all);
    expect(read(new RevokedSet())).toEqual([]);
    const serials = [...set.rows()].map(({ serial }) => serial);
    const places = [0, 1, 255, 256, 511, 512, 513, 4_095, 4_096, 9_998, 9_999];
    for (const from of places) {
      for (const before of [...places, undefined]) {
        const end = before === undefined ? undefined : serials[before];
        const range = { from: serials[from] as Uint8Array, before: end };
        expect(read(set, range)).toEqual(from < (before ?? Number.POSITIVE_INFINITY) ? all.slice(from, before) : []);
      }
    }
    const above = { from: Uint8Array.of(0x41, ...new Uint8Array(15)), before: undefined };
    expect(read(set, above)).toEqual(all.filter((text) => text > '41'));
    expect(read(set, { from: new Uint8Array(20).fill(0x7f), before: undefined })).toEqual([]);
    expect(read(new RevokedSet(), above)).toEqual([]);
  });

  it('looks at entries again once one of their run has changed, and what was given stays as it was', () => {
    const set = filled(2_000);
    const before = set.entries();
    const kept = before.map(({ octets }) => octets.slice());
    const [first] = set.rows();
    if (!first) throw new Error('an empty set');
    set.put(first, 9);
    for (const [index, run] of set.entries().entries()) expect(run).toBe(before[index]);
    set.put({ ...first, reason: 4 });
    const [changed, ...rest] = set.entries();
    expect(changed).not.toBe(before[0]);
    expect(changed?.octets).not.toEqual(before[0]?.octets);
    for (const [index, run] of rest.entries()) expect(run).toBe(before[index + 1]);
    const part = set.entries({ from: serialOf(0), before: undefined })[0] as CheckedEntries;
    const partly = part.octets.slice();
    for (let number = 0; number < 4_000; number += 1) set.put(rowOf(serialOf(number), 3));
    for (let number = 0; number < 4_000; number += 7) set.delete(serialOf(number));
    expect(before.map(({ octets }) => octets)).toEqual(kept);
    expect(part.octets).toEqual(partly);
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
    expect(rounds()).toEqual(order(serialOf(1).toHex(), serialOf(2).toHex()) < 0 ? [7, 250] : [250, 7]);
    const copy = new RevokedSet();
    for (const { octets } of set.entries()) copy.putAll(new RevokedScanner(octets, 0, octets.length, 2));
    expect([...copy.rows()]).toEqual([...set.rows()]);
  });

  it('refuses what an entry cannot say, and keeps times within what it can', () => {
    const set = new RevokedSet();
    const one = rowOf(serialOf(1));
    expect(() => set.put({ ...one, reason: 7 })).toThrow(/no CRL reason 7/);
    expect(() => set.put({ ...one, serial: Uint8Array.of(0, 1) })).toThrow();
    expect(() => set.put({ ...one, revokedAt: 1.5 })).toThrow();
    expect([...set.rows()]).toEqual([]);
    for (const [given, kept] of [
      [-5, 0],
      [2_600_000_000, 2_600_000_000],
      [9_000_000_000, 0xffff_ffff],
    ] as const) {
      set.put({ ...one, revokedAt: given });
      expect(set.get(one.serial)).toEqual({ ...one, revokedAt: kept });
    }
  });

  it('refuses what is no serial number', () => {
    expect(() => new RevokedSet().put(rowOf(new Uint8Array(0)))).toThrow(RangeError);
    expect(() => new RevokedSet().put(rowOf(new Uint8Array(21)))).toThrow(RangeError);
  });
});
