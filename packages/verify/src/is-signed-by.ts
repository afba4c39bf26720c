import { createPublicKey, verify } from 'node:crypto';
import type { Certificate, SignatureAlgorithmName } from '@see/x509';

/** Algorithms that are believed; everything else is refused. */
export const HASHES: Readonly<
  Partial<Record<SignatureAlgorithmName, { readonly type: 'ec' | 'rsa'; readonly hash: string }>>
> = {
  'ecdsa-sha256': { type: 'ec', hash: 'sha256' },
  'ecdsa-sha384': { type: 'ec', hash: 'sha384' },
  'ecdsa-sha512': { type: 'ec', hash: 'sha512' },
  'rsa-sha256': { type: 'rsa', hash: 'sha256' },
  'rsa-sha384': { type: 'rsa', hash: 'sha384' },
  'rsa-sha512': { type: 'rsa', hash: 'sha512' },
};

/** A certificate, CRL or OCSP answer, as far as its signature goes. */
export type Signed = Pick<Certificate, 'tbs' | 'signature' | 'signatureAlgorithm'>;

/**
 * Whether the key of a certificate made the signature under another one, a CRL or an OCSP answer. Never throws. NOT checked:
 * whether that key may sign it.
 */
export function isSignedBy(signed: Signed, signer: Pick<Certificate, 'spki'>): boolean {
  const algorithm = typeof signed.signatureAlgorithm === 'string' ? HASHES[signed.signatureAlgorithm] : undefined;
  if (!algorithm) return false;
  try {
    const key = createPublicKey({ key: Buffer.from(signer.spki), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === algorithm.type && verify(algorithm.hash, signed.tbs, key, signed.signature);
  } catch {
    return false;
  }
}
