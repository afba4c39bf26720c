import type { RevokedEntries } from '@see/x509';
import { differences } from './differences.ts';
import { type RevokedRow, RevokedSet, rowOf } from './revoked-set.ts';

const REMOVE_FROM_CRL = 8;

/**
 * The entries of a delta CRL (RFC 5280 5.2.4, REV-8, REV-10): what stands now and is not so in the base, and removeFromCRL for
 * what the base or an earlier delta on the same base tells of and stands no more. What an earlier delta tells of is told again,
 * whatever it is now, so that who combined that one with the base learns of it too. NOT checked: whether an entry may leave
 * (`assertPublishable`).
 */
export function deltaEntries(now: RevokedSet, base: RevokedEntries, earlier: RevokedEntries | undefined): RevokedSet {
  const delta = new RevokedSet();
  for (const told = earlier?.scan(); told?.next(); ) {
    const row = rowOf(told);
    delta.put(now.get(row.serial) ?? removalOf(row));
  }
  for (const { before, now: row = before && removalOf(before) } of differences({ list: base }, now))
    if (row) delta.put(row);
  return delta;
}

function removalOf(row: RevokedRow): RevokedRow {
  return { ...row, reason: REMOVE_FROM_CRL, invalidSince: 0 };
}
