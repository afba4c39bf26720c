import type { KeyObject } from 'node:crypto';

/** What issuance needs of a key: the port that the keys package fills with software or hardware. */
export interface SigningKey {
  readonly algorithm: 'ecdsa-sha256' | 'ecdsa-sha384' | 'rsa-sha384';
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly publicKey: KeyObject;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** A signature over octets that come one part after another. */
export interface SignatureStream {
  update(octets: Uint8Array): void;
  /** Signs all that came; ECDSA signatures are DER. Once. */
  sign(): Promise<Uint8Array>;
}

/** A key that can sign what does not fit into memory. */
export interface StreamSigningKey extends SigningKey {
  stream(): SignatureStream;
}

/** Hash of a signing algorithm, as node:crypto names it. */
export function hashOf(algorithm: SigningKey['algorithm']): 'sha256' | 'sha384' {
  return algorithm === 'ecdsa-sha256' ? 'sha256' : 'sha384';
}
