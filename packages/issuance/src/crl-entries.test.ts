import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CrlEntry, nextCrlEntries, type PreviousCrl } from './crl-entries.ts';

const at = (day: number): Date => new Date(Date.UTC(2026, 10, day));
const serialOf = (number: number): Uint8Array => Uint8Array.of(0x40, number);
const entry = (number: number, more: Partial<CrlEntry> = {}): CrlEntry => ({
  serial: serialOf(number),
  revocationDate: at(number),
  reason: 4,
  expires: at(300),
  ...more,
});
const previous = (...entries: CrlEntry[]): PreviousCrl => ({
  thisUpdate: at(20),
  entries: entries.map(({ expires: _expires, ...rest }) => rest),
});

/** What stands on the next list: serial number and reason of each entry. */
function next(
  current: readonly CrlEntry[],
  last: PreviousCrl | undefined,
  how: { expiry?: (number: number) => Date | undefined; released?: number[] } = {},
): { listed: string[]; restored: string[] } {
  const { entries, restored } = nextCrlEntries(
    current,
    last,
    (serial) => (how.expiry ?? (() => at(300)))(serial[1] ?? 0),
    ({ serial }) => (how.released ?? []).includes(serial[1] ?? 0),
  );
  return {
    listed: entries.map(({ serial, reason }) => `${serial[1]}:${reason}`),
    restored: restored.map((hex) => String(Number.parseInt(hex.slice(2), 16))),
  };
}

describe('the entries of the next CRL', () => {
  it.each<[string, ReturnType<typeof next>, string[], string[]]>([
    ['none', next([], undefined), [], []],
    ['the first list', next([entry(2), entry(1)], undefined), ['1:4', '2:4'], []],
    ['nothing new', next([entry(1)], previous(entry(1))), ['1:4'], []],
    ['one more', next([entry(1), entry(2)], previous(entry(1))), ['1:4', '2:4'], []],
    ['one that vanished from the database', next([], previous(entry(1))), ['1:4'], ['1']],
    ['one whose certificate vanished too', next([], previous(entry(1)), { expiry: () => undefined }), ['1:4'], ['1']],
    ['a release of what was held', next([], previous(entry(1, { reason: 6 })), { released: [1] }), [], []],
    ['a hold that vanished without a release', next([], previous(entry(1, { reason: 6 }))), ['1:6'], ['1']],
    ['a release of another', next([], previous(entry(1, { reason: 6 })), { released: [2] }), ['1:6'], ['1']],
    ['a release of what was revoked', next([], previous(entry(1)), { released: [1] }), ['1:4'], ['1']],
    [
      'held again after a release',
      next([entry(1, { reason: 6 })], previous(entry(1, { reason: 6 })), { released: [1] }),
      ['1:6'],
      [],
    ],
    ['a hold that became a revocation', next([entry(1)], previous(entry(1, { reason: 6 }))), ['1:4'], []],
    ['a revocation that became a hold', next([entry(1, { reason: 6 })], previous(entry(1))), ['1:4'], ['1']],
    [
      'a revocation that became a hold, then released',
      next([entry(1, { reason: 6 })], previous(entry(1)), { released: [1] }),
      ['1:4'],
      ['1'],
    ],
    ['a reason that became worse', next([entry(1, { reason: 1 })], previous(entry(1))), ['1:1'], []],
    [
      'expired before the last list was made (REV-11)',
      next([entry(1, { expires: at(19) })], previous(entry(1)), { expiry: () => at(19) }),
      [],
      [],
    ],
    [
      'expired when the last list was made',
      next([entry(1, { expires: at(20) })], previous(entry(1)), { expiry: () => at(20) }),
      ['1:4'],
      [],
    ],
    [
      'expired since the last list',
      next([entry(1, { expires: at(21) })], previous(entry(1)), { expiry: () => at(21) }),
      ['1:4'],
      [],
    ],
    ['expired long ago, and no list yet', next([entry(1, { expires: at(1) })], undefined), ['1:4'], []],
    ['vanished, and expired before the last list', next([], previous(entry(1)), { expiry: () => at(19) }), [], []],
  ])('%s', (_name, { listed, restored }, want, wantRestored) => {
    expect(listed).toEqual(want);
    expect(restored).toEqual(wantRestored);
  });

  it('keep what the last list said of them', () => {
    const before = entry(1, { reason: 1, invalidityDate: at(0) });
    const { entries } = nextCrlEntries(
      [],
      previous(before),
      () => at(300),
      () => false,
    );
    expect(entries).toEqual([before]);
  });

  it('are sorted, each once, and lose nothing that was revoked', () => {
    const some = fc.uniqueArray(fc.record({ number: fc.nat(20), reason: fc.constantFrom(0, 1, 4, 6) }), {
      selector: ({ number }) => number,
      maxLength: 12,
    });
    fc.assert(
      fc.property(some, some, fc.uniqueArray(fc.nat(20)), (now, before, released) => {
        const made = (list: typeof now) => list.map(({ number, reason }) => entry(number, { reason }));
        const { listed } = next(made(now), previous(...made(before)), { released });
        const numbers = listed.map((text) => Number(text.split(':')[0]));
        expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
        for (const { number, reason } of before) {
          const shown = listed.find((text) => text.startsWith(`${number}:`));
          if (reason !== 6) expect(shown).toBeDefined();
          if (reason !== 6) expect(shown).not.toBe(`${number}:6`);
          if (reason === 6 && !released.includes(number)) expect(shown).toBeDefined();
        }
        for (const { number } of now) expect(numbers).toContain(number);
      }),
    );
  });
});
