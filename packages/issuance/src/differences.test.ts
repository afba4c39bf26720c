import { RevokedScanner } from '@see/x509';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Difference, differences } from './differences.ts';
import type { RevokedRow, RevokedSet, SerialRange } from './revoked-set.ts';
import { combined, listOf, setOf } from './sample-entries.ts';

const MANY = 1_200;
const rowOf = (number: number, reason: number): RevokedRow => ({
  serial: Uint8Array.of(0x40, number >> 8, number & 0xff),
  reason,
  revokedAt: 1_700_000_000 + number,
  invalidSince: 0,
});
const numberOf = ({ serial }: Pick<Difference, 'serial'>): number =>
  (serial[1] as number) * 256 + (serial[2] as number);
const all = (reason = 4): RevokedRow[] => Array.from({ length: MANY }, (_, number) => rowOf(number * 2, reason));

/** What a map finds. */
function modelOf(before: RevokedSet, now: RevokedSet): Difference[] {
  const numbers = new Set([...before.rows(), ...now.rows()].map(numberOf));
  return [...numbers]
    .toSorted((one, other) => one - other)
    .map((number) => rowOf(number, 0).serial)
    .map((serial) => ({ serial, before: before.get(serial), now: now.get(serial) }))
    .filter(({ before: one, now: other }) => one?.reason !== other?.reason);
}

describe('the differences of what was told and what stands', () => {
  const change = fc.record({ number: fc.nat(2 * MANY), reason: fc.constantFrom(undefined, 1, 4, 6) });
  const changes = fc.array(change, { maxLength: 30 });
  const changed = (rows: readonly RevokedRow[], steps: readonly { number: number; reason: number | undefined }[]) => {
    const set = setOf(...rows);
    for (const { number, reason } of steps) {
      if (reason === undefined) set.delete(rowOf(number, 0).serial);
      else set.put(rowOf(number, reason));
    }
    return set;
  };

  it('are those that a map finds, whatever changed on either side', () => {
    fc.assert(
      fc.property(changes, changes, (one, other) => {
        const [before, now] = [changed(all(), one), changed(all(), other)];
        expect([...differences({ list: listOf(before) }, now)]).toEqual(modelOf(before, now));
      }),
      { numRuns: 40 },
    );
  });

  it('are so with a delta, which removes too', () => {
    const deltas = fc.array(fc.record({ number: fc.nat(2 * MANY), reason: fc.constantFrom(1, 4, 6, 8) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(deltas, changes, (one, other) => {
        const [base, delta, now] = [setOf(...all()), changed([], one), changed(all(), other)];
        const told = { list: listOf(base), delta: listOf(delta) };
        expect([...differences(told, now)]).toEqual(modelOf(combined(base, delta), now));
      }),
      { numRuns: 40 },
    );
  });

  it('are everything where nothing was told or nothing stands', () => {
    const now = setOf(...all());
    expect([...differences({ list: undefined }, now)]).toEqual(modelOf(setOf(), now));
    expect([...differences({ list: listOf(now) }, setOf())]).toEqual(modelOf(now, setOf()));
    expect([...differences({ list: undefined }, setOf())]).toEqual([]);
  });

  it('are those of a range', () => {
    const range: SerialRange = { from: rowOf(100, 0).serial, before: rowOf(2_200, 0).serial };
    const part = setOf(...all().filter((row) => numberOf(row) >= 100 && numberOf(row) < 2_200));
    const now = changed(
      all(),
      [90, 101, 2_000, 2_199, 2_200].map((number) => ({ number, reason: 1 })),
    );
    expect(Array.from(differences({ list: listOf(part) }, now, range), numberOf)).toEqual([101, 2_000, 2_199]);
  });

  it('are not looked for entry by entry where runs are the same', () => {
    const now = setOf(...all());
    const list = listOf(now);
    expect(now.entries().length).toBeGreaterThan(2);
    const reading = vi.spyOn(RevokedScanner.prototype, 'next');
    expect([...differences({ list }, now)]).toEqual([]);
    expect(reading.mock.calls.length).toBeLessThan(10);
    reading.mockRestore();
  });
});
