import type { DerReader } from '@see/asn1';
import { type Extension, readExtensions } from './extension.ts';
import { parseCrlReason } from './extensions/crl-reason.ts';
import { parseInvalidityDate } from './extensions/invalidity-date.ts';
import { toHex } from './hex.ts';
import { oid } from './oids.ts';
import { X509Error } from './x509-error.ts';

/** One revokedCertificates entry (RFC 5280 5.1.2.6, 5.3). */
export interface RevokedEntry {
  /** Lower-case hex of the content octets of the serial. */
  readonly serialHex: string;
  readonly serialNumber: Uint8Array;
  readonly revocationDate: Date;
  readonly reason?: number;
  readonly invalidityDate?: Date;
  /** Value of certificateIssuer, in indirect CRLs. */
  readonly certificateIssuer?: Uint8Array;
  /** All extensions of the entry, as they are; absent where it has none. */
  readonly extensions?: readonly Extension[];
  /** Object identifier of a critical extension that is not understood: such an entry makes the CRL unusable. */
  readonly unknownCritical?: string;
}

type Draft = { -readonly [K in keyof RevokedEntry]: RevokedEntry[K] };

/** Reads the next entry of a list. Throws DerError or X509Error. */
export function readRevokedEntry(list: DerReader, version: number): RevokedEntry {
  const item = list.sequence();
  const serialNumber = item.integerBytes();
  const entry: Draft = { serialHex: toHex(serialNumber), serialNumber, revocationDate: item.time() };
  if (item.atEnd) return entry;
  if (version !== 2) throw new X509Error('bad-version', 'RFC 5280 5.1.2.1', 'CRL entry extensions need version v2');
  const extensions = readExtensions(item);
  item.end();
  entry.extensions = extensions;
  for (const { oid: type, critical, value } of extensions) {
    if (type === oid.crlReason) entry.reason = parseCrlReason(value);
    else if (type === oid.invalidityDate) entry.invalidityDate = parseInvalidityDate(value);
    else if (type === oid.certificateIssuer) entry.certificateIssuer = value;
    else if (critical) entry.unknownCritical = type;
  }
  return entry;
}
