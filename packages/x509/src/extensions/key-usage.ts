import { DerReader, derNamedBits } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';
import { X509Error } from '../x509-error.ts';

const names = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export type KeyUsageName = (typeof names)[number];

/** Critical. At least one usage (RFC 5280 4.2.1.3). */
export function keyUsage(usages: readonly KeyUsageName[]): Extension {
  if (usages.length === 0) empty();
  return { oid: oid.keyUsage, critical: true, value: derNamedBits(usages.map((usage) => names.indexOf(usage))) };
}

/** The usages in the order of their bits. Throws for none, unknown bits and trailing zero bits. */
export function parseKeyUsage(value: Uint8Array): KeyUsageName[] {
  const reader = DerReader.of(value);
  const bits = reader.namedBits();
  reader.end();
  if (bits === 0) empty();
  if (bits >= 1 << names.length)
    throw new X509Error('bad-extension', 'RFC 5280 4.2.1.3', 'keyUsage has an unknown bit');
  return names.filter((_, index) => (bits & (1 << index)) !== 0);
}

function empty(): never {
  throw new X509Error('bad-extension', 'RFC 5280 4.2.1.3', 'keyUsage without any bit');
}
