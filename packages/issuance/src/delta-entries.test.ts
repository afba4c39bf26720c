import type { RevokedCursor } from '@see/x509';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CombinedEntries } from './combined-entries.ts';
import { entriesLeaving } from './crl-gate.ts';
import { DeltaEntries } from './delta-entries.ts';
import { type RevokedRow, RevokedSet } from './revoked-set.ts';

const REMOVE = 8;
const rowOf = (number: number, reason: number, revokedAt = 1_700_000_000): RevokedRow => ({
  serial: Uint8Array.of(0x40, number),
  reason,
  revokedAt,
  invalidSince: 0,
  expires: 0,
});
const setOf = (...rows: RevokedRow[]): RevokedSet => {
  const set = new RevokedSet();
  for (const row of rows) set.put(row);
  return set;
};
/** `number:reason@time` of each entry. */
function read(cursor: RevokedCursor): string[] {
  const found: string[] = [];
  while (cursor.next())
    found.push(`${cursor.octets[cursor.at + cursor.length - 1]}:${cursor.reason}@${cursor.revokedAt - 1_700_000_000}`);
  return found;
}
/** What a cursor says, kept, as a list that was published would be. */
function kept(cursor: RevokedCursor): RevokedSet {
  const set = new RevokedSet();
  set.putAll(cursor);
  return set;
}

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
    expect(read(new DeltaEntries(now.cursor(), base.cursor(), earlier?.cursor()))).toEqual(want);
  });

  it('with their base are the full list, whatever happened between, with each delta and with all before it', () => {
    const event = fc.record({
      number: fc.nat(40),
      kind: fc.constantFrom('hold', 'release', 'revoke', 'compromise', 'expire'),
    });
    const moments = fc.array(fc.tuple(fc.array(event, { maxLength: 12 }), fc.boolean()), { maxLength: 12 });
    fc.assert(
      fc.property(moments, (steps) => {
        const set = new RevokedSet();
        let full = kept(set.cursor());
        let earlier: RevokedSet | undefined;
        /** What clients that combined the base with one of the deltas on it have. */
        let views: RevokedSet[] = [];
        let time = 0;
        for (const [events, isFull] of steps) {
          for (const { number, kind } of events) {
            time += 1;
            happen(set, number, kind, time);
          }
          const made = kept(new DeltaEntries(set.cursor(), full.cursor(), earlier?.cursor()));
          const stands = read(set.cursor());
          const combined = () => new CombinedEntries(full.cursor(), made.cursor());
          expect(read(combined())).toEqual(stands);
          // RFC 5280 5.2.4: a list that was combined before may be the base too.
          for (const view of views) expect(read(new CombinedEntries(view.cursor(), made.cursor()))).toEqual(stands);
          const removed = read(made.cursor()).filter((text) => text.includes(':8@'));
          const left = entriesLeaving(new CombinedEntries(full.cursor(), earlier?.cursor()), set.cursor());
          expect(removed.length).toBeGreaterThanOrEqual(left.length);
          views.push(kept(combined()));
          earlier = made;
          if (isFull) [full, earlier, views] = [kept(set.cursor()), undefined, []];
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

describe('a base with a delta', () => {
  it('without one is the base, and without a base the delta', () => {
    const one = setOf(rowOf(1, 4), rowOf(2, 6));
    expect(read(new CombinedEntries(one.cursor()))).toEqual(['1:4@0', '2:6@0']);
    expect(read(new CombinedEntries(setOf().cursor(), one.cursor()))).toEqual(['1:4@0', '2:6@0']);
  });

  it('takes the entry of the delta, and none that it removes, also the last', () => {
    const base = setOf(rowOf(1, 4), rowOf(2, 6), rowOf(5, 6));
    const delta = setOf(rowOf(1, 1), rowOf(2, REMOVE), rowOf(3, 0), rowOf(5, REMOVE), rowOf(6, REMOVE));
    expect(read(new CombinedEntries(base.cursor(), delta.cursor()))).toEqual(['1:1@0', '3:0@0']);
  });
});
