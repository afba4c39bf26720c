import { DerReader, derGeneralizedTime } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';

/** Not critical: certificates that expired at or after this date stay on the CRL (X.509 9.5.2.8). */
export function expiredCertsOnCrl(date: Date): Extension {
  return { oid: oid.expiredCertsOnCrl, critical: false, value: derGeneralizedTime(date) };
}

export function parseExpiredCertsOnCrl(value: Uint8Array): Date {
  const reader = DerReader.of(value);
  const date = reader.generalizedTime();
  reader.end();
  return date;
}
