import type { CheckedEntries } from '@see/lint';
import { type RevokedEntries, RevokedScanner } from '@see/x509';
import { type RevokedRow, type RevokedSet, rowOf, type SerialRange } from './revoked-set.ts';
import { compareSerials, sameEntry } from './serial-order.ts';

const REMOVE_FROM_CRL = 8;
const VERSION = 2;

/** One certificate of which two sides say something else. At least one of them has it. */
export interface Difference {
  readonly serial: Uint8Array;
  readonly before: RevokedRow | undefined;
  readonly now: RevokedRow | undefined;
}

/** What clients know who have a CRL, and the delta on it where there is one. Both are in the order of their serial numbers. */
export interface ToldEntries {
  /** None before the first list. */
  readonly list: RevokedEntries | undefined;
  readonly delta?: RevokedEntries | undefined;
}

/**
 * Where what was told (`before`) and what a set says `now`, all of it or, of a list without a delta, a range, are not the same, in
 * the order of the serial numbers. What both have in the same octets is compared by whole runs. The set does not change meanwhile. Throws what reading an
 * entry throws.
 */
export function differences(told: ToldEntries, set: RevokedSet, range?: SerialRange): Iterable<Difference> {
  const found = differencesOfRuns(told.list?.scan(), set.entries(range));
  return told.delta ? withDelta(found, told.delta.scan(), set) : found;
}

function* differencesOfRuns(before: RevokedScanner | undefined, now: readonly CheckedEntries[]): Generator<Difference> {
  let more = before?.next() ?? false;
  for (const { octets } of now) {
    if (before && more && isAt(before, octets)) {
      before.skip(octets.length);
      more = before.next();
      continue;
    }
    for (const entry = new RevokedScanner(octets, 0, octets.length, VERSION); entry.next(); ) {
      for (; before && more && compareSerials(before, entry) < 0; more = before.next())
        yield differenceOf(before, undefined);
      if (before && more && compareSerials(before, entry) === 0) {
        if (!sameEntry(before, entry)) yield differenceOf(before, entry);
        more = before.next();
      } else {
        const now = rowOf(entry);
        yield { serial: now.serial, before: undefined, now };
      }
    }
  }
  for (; before && more; more = before.next()) yield differenceOf(before, undefined);
}

/** Whether the entry where a scanner is, and those that follow, are these octets. */
function isAt({ octets, from }: RevokedScanner, run: Uint8Array): boolean {
  const end = from + run.length;
  return end <= octets.length && Buffer.compare(run, octets.subarray(from, end)) === 0;
}

/** Takes the entries of a delta in the place of those of its base, without those that it removes (RFC 5280 5.2.4). */
function* withDelta(found: Iterable<Difference>, delta: RevokedScanner, set: RevokedSet): Generator<Difference> {
  let more = delta.next();
  for (const difference of found) {
    const place = { octets: difference.serial, at: 0, length: difference.serial.length };
    for (; more && compareSerials(delta, place) < 0; more = delta.next())
      yield* changed(delta, set.get(serialOf(delta)));
    if (more && compareSerials(delta, place) === 0) {
      yield* changed(delta, difference.now);
      more = delta.next();
    } else yield difference;
  }
  for (; more; more = delta.next()) yield* changed(delta, set.get(serialOf(delta)));
}

/** What differs between the entry of a delta and what stands of the same certificate, if anything does. */
function changed(entry: RevokedScanner, now: RevokedRow | undefined): Difference[] {
  const row = rowOf(entry);
  const before = row.reason === REMOVE_FROM_CRL ? undefined : row;
  const isSame = before && now ? sameEntry(before, now) : before === now;
  return isSame ? [] : [{ serial: row.serial, before, now }];
}

function serialOf({ octets, at, length }: RevokedScanner): Uint8Array {
  return octets.subarray(at, at + length);
}

function differenceOf(before: RevokedScanner, now: RevokedScanner | undefined): Difference {
  const row = rowOf(before);
  return { serial: row.serial, before: row, now: now && rowOf(now) };
}
