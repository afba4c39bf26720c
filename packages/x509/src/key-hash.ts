import { sha1 } from './sha1.ts';
import { sha256 } from './sha256.ts';
import type { SubjectPublicKey } from './spki.ts';

/** subjectKeyIdentifier: leftmost 160 bits of SHA-256 over the key bits (RFC 7093 2, method 1; PRF-0.12). */
export function keyIdentifierOf({ publicKeyBits }: SubjectPublicKey): Uint8Array {
  return sha256(publicKeyBits).slice(0, 20);
}

/** KeyHash of an OCSP ResponderID: always SHA-1 over the key bits (RFC 6960 4.2.1; REV-22). */
export function keyHashOf({ publicKeyBits }: SubjectPublicKey): Uint8Array {
  return sha1(publicKeyBits);
}
