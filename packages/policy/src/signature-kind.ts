import { type KeyObject, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { SignatureAlgorithmName, UnknownAlgorithm } from '@see/x509';

/** How signatures of an algorithm are verified: the kind of key that makes them, the hash, the length of a PSS salt. */
export interface SignatureKind {
  readonly kind: string;
  readonly hash: string | null;
  readonly pss?: number;
}

/** Every algorithm that is accepted of whoever has to show that a key is theirs. No SHA-1, no ML-DSA. */
const ALGORITHMS: Readonly<Record<string, SignatureKind>> = Object.assign(Object.create(null) as object, {
  'ecdsa-sha256': { kind: 'ec', hash: 'sha256' },
  'ecdsa-sha384': { kind: 'ec', hash: 'sha384' },
  'ecdsa-sha512': { kind: 'ec', hash: 'sha512' },
  'rsa-sha256': { kind: 'rsa', hash: 'sha256' },
  'rsa-sha384': { kind: 'rsa', hash: 'sha384' },
  'rsa-sha512': { kind: 'rsa', hash: 'sha512' },
  'rsa-pss-sha256': { kind: 'rsa', hash: 'sha256', pss: 32 },
  'rsa-pss-sha384': { kind: 'rsa', hash: 'sha384', pss: 48 },
  'rsa-pss-sha512': { kind: 'rsa', hash: 'sha512', pss: 64 },
  ed25519: { kind: 'ed25519', hash: null },
});

/** The kind of an algorithm; undefined for what is not accepted. */
export function signatureKind(name: SignatureAlgorithmName | UnknownAlgorithm): SignatureKind | undefined {
  return typeof name === 'string' ? ALGORITHMS[name] : undefined;
}

const RSA_PKCS1_PSS_PADDING = 6;

const verifyOf = promisify(
  (
    algorithm: string | null,
    data: Uint8Array,
    key: Parameters<typeof verify>[2],
    signature: Uint8Array,
    callback: (error: Error | null, holds: boolean) => void,
  ) => verify(algorithm, data, key, signature, callback),
);

/** Whether the key made the signature, verified in the thread pool. NOT checked: that key and algorithm are of one kind. */
export function verifyInPool(
  { hash, pss }: SignatureKind,
  data: Uint8Array,
  key: KeyObject,
  signature: Uint8Array,
): Promise<boolean> {
  const input = pss ? { key, padding: RSA_PKCS1_PSS_PADDING, saltLength: pss } : { key };
  return verifyOf(hash, data, input, signature).catch(() => false);
}
