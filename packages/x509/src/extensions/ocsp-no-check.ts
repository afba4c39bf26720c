import { DerReader, derNull } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';

/** Not critical, value exactly `0500` (RFC 6960 4.2.2.2.1). */
export function ocspNoCheck(): Extension {
  return { oid: oid.ocspNoCheck, critical: false, value: derNull() };
}

export function parseOcspNoCheck(value: Uint8Array): void {
  const reader = DerReader.of(value);
  reader.null();
  reader.end();
}
