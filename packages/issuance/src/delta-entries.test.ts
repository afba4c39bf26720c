import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entriesLeaving } from './crl-gate.ts';
import { deltaEntries } from './delta-entries.ts';
import type { RevokedRow, RevokedSet } from './revoked-set.ts';
import { combined, listOf, setOf } from './sample-entries.ts';

const REMOVE = 8;
const rowOf = (number: number, reason: number, revokedAt = 1_700_000_000): RevokedRow => ({
  serial: Uint8Array.of(0x40, number),
  reason,
  revokedAt,
  invalidSince: 0,
});
/** `number:reason@time` of each entry. */
const read = (set: RevokedSet): string[] =>
  Array.from(set.rows(), ({ serial, reason, revokedAt }) => `${serial.at(-1)}:${reason}@${revokedAt - 1_700_000_000}`);
const deltaOf = (now: RevokedSet, base: RevokedSet, earlier?: RevokedSet): RevokedSet =>
  deltaEntries(now, listOf(base), earlier && listOf(earlier));

describe('the entries of a delta CRL', () => {
  const base = setOf(rowOf(1, 4), rowOf(2, 6), rowOf(3, 1));
  it.each<[string, RevokedSet, RevokedSet | undefined, string[]]>([
    ['none without a change', base, undefined, []],
    ['one that is new', setOf(...base.rows(), rowOf(9, 0)), undefined, ['9:0@0']],
    ['one that is new and first', setOf(rowOf(0, 4), ...base.rows()), undefined, ['0:4@0']],
    ['another reason', setOf(rowOf(1, 1), rowOf(2, 6), rowOf(3, 1)), undefined, ['1:1@0']],
    ['a hold that was released', setOf(rowOf(1, 4), rowOf(3, 1)), undefined, ['2:8@0']],
    ['held again at another time', setOf(rowOf(1, 4), rowOf(2, 6, 1_700_000_060), rowOf(3, 1)), undefined, ['2:6@60']],
    ['what an earlier delta held and was released', base, setOf(rowOf(7, 6)), ['7:8@0']],
    ['what an earlier delta removed', setOf(rowOf(1, 4), rowOf(3, 1)), setOf(rowOf(2, REMOVE)), ['2:8@0']],
    ['what an earlier delta removed and stands again as in the base', base, setOf(rowOf(2, REMOVE)), ['2:6@0']],
    ['nothing stands', setOf(), undefined, ['1:8@0', '2:8@0', '3:8@0']],
  ])('%s', (_name, now, earlier, want) => {
    expect(read(deltaOf(now, base, earlier))).toEqual(want);
  });

  it('with their base are the full list, whatever happened between, with each delta and with all before it', () => {
    const event = fc.record({
      number: fc.nat(40),
      kind: fc.constantFrom('hold', 'release', 'revoke', 'compromise', 'expire'),
    });
    const moments = fc.array(fc.tuple(fc.array(event, { maxLength: 12 }), fc.boolean()), { maxLength: 12 });
    fc.assert(
      fc.property(moments, (steps) => {
        const set = setOf();
        let full = setOf();
        let earlier: RevokedSet | undefined;
        /** What clients that combined the base with one of the deltas on it have. */
        let views: RevokedSet[] = [];
        let time = 0;
        for (const [events, isFull] of steps) {
          for (const { number, kind } of events) {
            time += 1;
            happen(set, number, kind, time);
          }
          const made = deltaOf(set, full, earlier);
          const stands = read(set);
          expect(read(combined(full, made))).toEqual(stands);
          // RFC 5280 5.2.4: a list that was combined before may be the base too.
          for (const view of views) expect(read(combined(view, made))).toEqual(stands);
          const removed = read(made).filter((text) => text.includes(':8@'));
          const told = { list: listOf(full), delta: earlier && listOf(earlier) };
          const left = entriesLeaving(told, set);
          const known = new Set(Array.from(set.rows(), ({ serial }) => serial.toHex()));
          const before = [...(earlier ? combined(full, earlier) : full).rows()];
          expect(left).toEqual(before.filter(({ serial }) => !known.has(serial.toHex())));
          expect(removed.length).toBeGreaterThanOrEqual(left.length);
          views.push(combined(full, made));
          earlier = made;
          if (isFull) [full, earlier, views] = [setOf(...set.rows()), undefined, []];
        }
      }),
    );
  });
});

function happen(set: RevokedSet, number: number, kind: string, time: number): void {
  const known = set.get(Uint8Array.of(0x40, number));
  if (kind === 'hold' && !known) set.put(rowOf(number, 6, 1_700_000_000 + time));
  else if (kind === 'release' && known?.reason === 6) set.delete(known.serial);
  else if (kind === 'revoke' && (!known || known.reason === 6)) set.put(rowOf(number, 4, 1_700_000_000 + time));
  else if (kind === 'compromise' && known) set.put({ ...known, reason: 1 });
  else if (kind === 'expire' && known) set.delete(known.serial);
}
