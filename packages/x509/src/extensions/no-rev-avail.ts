import { DerReader, derNull } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';

/** Not critical, NULL (RFC 9608): no revocation information will ever exist for this certificate. */
export function noRevAvail(): Extension {
  return { oid: oid.noRevAvail, critical: false, value: derNull() };
}

export function parseNoRevAvail(value: Uint8Array): void {
  const reader = DerReader.of(value);
  reader.null();
  reader.end();
}
