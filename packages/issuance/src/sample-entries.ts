import {
  buildTbsCertList,
  type CrlEntryTemplate,
  crlNumber,
  encodeName,
  parseTbsCertList,
  type RevokedEntries,
  signatureAlgorithm,
} from '@see/x509';
import { type RevokedRow, RevokedSet } from './revoked-set.ts';

/** A set of rows, for tests. */
export function setOf(...rows: readonly RevokedRow[]): RevokedSet {
  const set = new RevokedSet();
  for (const row of rows) set.put(row);
  return set;
}

/** The rows of a set as `buildTbsCertList` takes them, for tests. */
export function templatesOf(set: RevokedSet): CrlEntryTemplate[] {
  return Array.from(set.rows(), ({ serial, revokedAt, reason, invalidSince }) => ({
    serialNumber: serial,
    revocationDate: new Date(revokedAt * 1000),
    ...(reason === 0 ? {} : { reason }),
    ...(invalidSince === 0 ? {} : { invalidityDate: new Date(invalidSince * 1000) }),
  }));
}

/** The entries of a list that says what a set says, for tests. */
export function listOf(set: RevokedSet): RevokedEntries {
  const tbs = buildTbsCertList({
    signatureAlgorithmDer: signatureAlgorithm('ecdsa-sha384'),
    issuerDer: encodeName([]),
    thisUpdate: new Date(0),
    nextUpdate: new Date(1000),
    extensions: [crlNumber(1n)],
    entries: templatesOf(set),
  });
  return parseTbsCertList(tbs).entries;
}

/** What who has a list and a delta on it takes from both (RFC 5280 5.2.4), for tests. */
export function combined(base: RevokedSet, delta: RevokedSet): RevokedSet {
  const rows = new Map(Array.from(base.rows(), (row) => [row.serial.toHex(), row]));
  for (const row of delta.rows()) {
    if (row.reason === 8) rows.delete(row.serial.toHex());
    else rows.set(row.serial.toHex(), row);
  }
  return setOf(...rows.values());
}
