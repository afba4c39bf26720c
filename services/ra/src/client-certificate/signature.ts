import { createPublicKey, verify } from 'node:crypto';
import type { Certificate, CertificateList, SignatureAlgorithmName } from '@see/x509';

/** What our CAs sign with; everything else is refused. */
const HASHES: Readonly<
  Partial<Record<SignatureAlgorithmName, { readonly type: 'ec' | 'rsa'; readonly hash: string }>>
> = {
  'ecdsa-sha256': { type: 'ec', hash: 'sha256' },
  'ecdsa-sha384': { type: 'ec', hash: 'sha384' },
  'ecdsa-sha512': { type: 'ec', hash: 'sha512' },
  'rsa-sha256': { type: 'rsa', hash: 'sha256' },
  'rsa-sha384': { type: 'rsa', hash: 'sha384' },
  'rsa-sha512': { type: 'rsa', hash: 'sha512' },
};

/** Whether the key of a CA certificate made the signature under a certificate or CRL. Never throws. */
export function isSignedByCa(signed: Certificate | CertificateList, ca: Certificate): boolean {
  const algorithm = typeof signed.signatureAlgorithm === 'string' ? HASHES[signed.signatureAlgorithm] : undefined;
  if (!algorithm) return false;
  try {
    const key = createPublicKey({ key: Buffer.from(ca.spki), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === algorithm.type && verify(algorithm.hash, signed.tbs, key, signed.signature);
  } catch {
    return false;
  }
}
