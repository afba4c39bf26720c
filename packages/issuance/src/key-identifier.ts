import { createHash } from 'node:crypto';
import { parseSpki } from '@see/x509';

/** subjectKeyIdentifier: leftmost 160 bits of SHA-256 over the subjectPublicKey bits (RFC 7093 2, method 1; PRF-0.12). */
export function keyIdentifier(spki: Uint8Array): Uint8Array {
  const { publicKeyBits } = parseSpki(spki);
  return new Uint8Array(createHash('sha256').update(publicKeyBits).digest().subarray(0, 20));
}

/** KeyHash of an OCSP ResponderID: always SHA-1 of the subjectPublicKey bits (RFC 6960 4.2.1; REV-22). */
export function ocspKeyHash(spki: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha1').update(parseSpki(spki).publicKeyBits).digest());
}
