import { DerReader, derInteger } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';
import { X509Error } from '../x509-error.ts';

/** Not critical. Throws `bad-extension` outside 0..2^159-1 (REV-1). */
export function crlNumber(number: bigint | number): Extension {
  return { oid: oid.crlNumber, critical: false, value: derInteger(checkCrlNumber(BigInt(number))) };
}

export function parseCrlNumber(value: Uint8Array): bigint {
  const reader = DerReader.of(value);
  const number = reader.integer();
  reader.end();
  return checkCrlNumber(number);
}

export function checkCrlNumber(number: bigint): bigint {
  if (number < 0n || number >= 1n << 159n) {
    throw new X509Error('bad-extension', 'RFC 5280 5.2.3', 'a CRL number is negative or longer than 20 octets');
  }
  return number;
}
