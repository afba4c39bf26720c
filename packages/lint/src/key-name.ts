import type { SubjectPublicKey } from '@see/x509';

/** A key for people: `RSA-3072`, `P-384`, `ed25519`. */
export function keyName(key: SubjectPublicKey): string {
  switch (key.kind) {
    case 'rsa':
      return `RSA-${key.bits}`;
    case 'ec':
      return key.curve;
    case 'other':
      return key.oid;
    default:
      return key.kind;
  }
}
