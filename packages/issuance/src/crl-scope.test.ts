import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CrlScope, readShard, shardOf, shardRange, shardsOf } from './crl-scope.ts';
import { serialNumber } from './serial-number.ts';

const serials = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((random) => serialNumber(random));
const counts = fc.constantFrom(2, 4, 16, 128, 1_024);

describe('a part of the serial numbers', () => {
  it('has the numbers from its first one to before that of the next part, and no others', () => {
    fc.assert(
      fc.property(serials, counts, (serial, count) => {
        const inside = shardsOf(count).filter((scope) => {
          const { from, before } = shardRange(scope);
          return Buffer.compare(serial, from) >= 0 && (!before || Buffer.compare(serial, before) < 0);
        });
        expect(inside).toEqual([shardOf(serial, count)]);
      }),
    );
  });

  it('is about as large as the others', () => {
    const sizes = new Map<CrlScope, number>();
    for (let made = 0; made < 8_000; made += 1) {
      const scope = shardOf(serialNumber(randomBytes(16)), 8);
      sizes.set(scope, (sizes.get(scope) ?? 0) + 1);
    }
    expect([...sizes.keys()].toSorted()).toEqual(shardsOf(8));
    expect(Math.min(...sizes.values())).toBeGreaterThan(800);
  });

  it.each(['2-0', '128-127', '1024-1023'])('%s is read from its name', (name) => {
    expect(readShard(name)).toBe(name);
  });

  it.each(['1-0', '3-0', '128-128', '128-0127', '2048-0', '128', '128--1', ' 2-0', '2-0\n', ''])('%j is none', (name) =>
    expect(readShard(name)).toBeUndefined(),
  );

  it('is not given for numbers or counts that this CA does not give', () => {
    const serial = serialNumber(new Uint8Array(16));
    for (const other of [serial.subarray(1), Uint8Array.of(0x80, ...serial.subarray(1)), new Uint8Array(16)])
      expect(() => shardOf(other, 16)).toThrow(RangeError);
    for (const count of [0, 1, 3, 2_048]) expect(() => shardOf(serial, count)).toThrow(RangeError);
  });
});
