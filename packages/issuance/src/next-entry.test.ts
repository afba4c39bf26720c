import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameRow, nextEntry } from './next-entry.ts';
import type { RevokedRow } from './revoked-set.ts';

const row = (reason: number, more: Partial<RevokedRow> = {}): RevokedRow => ({
  serial: Uint8Array.of(0x40, 1),
  revokedAt: 1_700_000_000,
  reason,
  invalidSince: 0,
  ...more,
});
const yes = () => true;
const no = () => false;

describe('what stands of a certificate', () => {
  it.each<[string, RevokedRow | undefined, RevokedRow | undefined, () => boolean, number | undefined, boolean]>([
    ['nothing', undefined, undefined, no, undefined, false],
    ['what is new', undefined, row(4), no, 4, false],
    ['what is known and told', row(4), row(4), no, 4, false],
    ['a revocation that vanished', row(4), undefined, no, 4, true],
    ['a hold that vanished without a release', row(6), undefined, no, 6, true],
    ['a hold that was released', row(6), undefined, yes, undefined, false],
    ['a revocation that was released', row(4), undefined, yes, 4, true],
    ['held again after a release', row(6), row(6), yes, 6, false],
    ['a hold that became a revocation', row(6), row(4), no, 4, false],
    ['a revocation that became a hold', row(4), row(6), no, 4, true],
    ['a revocation that became a hold, then released', row(4), row(6), yes, 4, true],
    ['a reason that became worse', row(4), row(1), no, 1, false],
  ])('%s', (_name, known, told, released, reason, restored) => {
    const next = nextEntry(known, told, released);
    expect(next.row?.reason).toBe(reason);
    expect(next.restored).toBe(restored);
  });

  it('is what was known, octet for octet, where it vanished', () => {
    const known = row(1, { invalidSince: 5 });
    expect(nextEntry(known, undefined, no).row).toBe(known);
    expect(nextEntry(known, row(6, { revokedAt: 9 }), yes).row).toBe(known);
  });

  it('asks for the release of what is known, not of what is told', () => {
    const known = row(6, { revokedAt: 7 });
    const asked: RevokedRow[] = [];
    nextEntry(known, undefined, (entry) => asked.push(entry) > 0);
    expect(asked).toEqual([known]);
  });

  it('never goes from revoked to held or good, whatever is told in whatever order', () => {
    const told = fc.option(fc.constantFrom(0, 1, 4, 6), { nil: undefined });
    fc.assert(
      fc.property(fc.array(fc.tuple(told, fc.boolean()), { maxLength: 30 }), (steps) => {
        let known: RevokedRow | undefined;
        let revoked = false;
        for (const [reason, released] of steps) {
          known = nextEntry(known, reason === undefined ? undefined : row(reason), () => released).row;
          if (revoked) expect([0, 1, 4]).toContain(known?.reason);
          revoked ||= known !== undefined && known.reason !== 6;
        }
      }),
    );
  });

  it.each<[Partial<RevokedRow>, boolean]>([
    [{}, true],
    [{ reason: 1 }, false],
    [{ revokedAt: 1 }, false],
    [{ invalidSince: 1 }, false],
  ])('is the same on a list: %o', (change, same) => {
    expect(isSameRow(row(4), row(4, change))).toBe(same);
    expect(isSameRow(row(4), undefined)).toBe(false);
  });
});
