import { DerReader, derOctetString } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';

/** Not critical. The caller computes the identifier (PRF-0.12: leftmost 160 bits of SHA-256 over the key bits). */
export function subjectKeyIdentifier(keyIdentifier: Uint8Array): Extension {
  return { oid: oid.subjectKeyIdentifier, critical: false, value: derOctetString(keyIdentifier) };
}

export function parseSubjectKeyIdentifier(value: Uint8Array): Uint8Array {
  const reader = DerReader.of(value);
  const keyIdentifier = reader.octetString();
  reader.end();
  return keyIdentifier;
}
