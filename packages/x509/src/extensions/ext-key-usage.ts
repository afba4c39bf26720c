import { DerReader, derOid, derSequence } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';
import { X509Error } from '../x509-error.ts';

/** Object identifiers of the purposes; not critical unless asked (time-stamping asks). */
export function extKeyUsage(purposes: readonly string[], critical = false): Extension {
  if (purposes.length === 0) empty();
  return { oid: oid.extKeyUsage, critical, value: derSequence(...purposes.map(derOid)) };
}

export function parseExtKeyUsage(value: Uint8Array): string[] {
  const reader = DerReader.of(value);
  const sequence = reader.sequence();
  reader.end();
  const purposes: string[] = [];
  while (!sequence.atEnd) purposes.push(sequence.oid());
  if (purposes.length === 0) empty();
  return purposes;
}

function empty(): never {
  throw new X509Error('bad-extension', 'RFC 5280 4.2.1.12', 'extKeyUsage without any purpose');
}
