import { DerReader, derGeneralizedTime } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';

/** Not critical: since when the key is suspected (RFC 5280 5.3.2). GeneralizedTime at any date. */
export function invalidityDate(date: Date): Extension {
  return { oid: oid.invalidityDate, critical: false, value: derGeneralizedTime(date) };
}

export function parseInvalidityDate(value: Uint8Array): Date {
  const reader = DerReader.of(value);
  const date = reader.generalizedTime();
  reader.end();
  return date;
}
