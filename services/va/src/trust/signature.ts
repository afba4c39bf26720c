import { type KeyObject, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { SignatureAlgorithmName, UnknownAlgorithm } from '@see/x509';

/** Algorithms that our CAs sign with. Anything else is not verified but refused. */
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

const verifyInPool = promisify(
  (
    hash: string,
    data: Uint8Array,
    key: KeyObject,
    signature: Uint8Array,
    callback: (error: Error | null, holds: boolean) => void,
  ) => verify(hash, data, key, signature, callback),
);

/** A certificate or CRL as far as its signature is concerned. */
export interface Signed {
  readonly tbs: Uint8Array;
  readonly signature: Uint8Array;
  readonly signatureAlgorithm: SignatureAlgorithmName | UnknownAlgorithm;
}

/** Whether the signature is by this key, under an algorithm of that key. Runs in the thread pool; never throws. */
export async function signatureHolds(signed: Signed, key: KeyObject): Promise<boolean> {
  if (typeof signed.signatureAlgorithm !== 'string') return false;
  const algorithm = HASHES[signed.signatureAlgorithm];
  if (!algorithm || algorithm.type !== key.asymmetricKeyType) return false;
  try {
    return await verifyInPool(algorithm.hash, signed.tbs, key, signed.signature);
  } catch {
    return false;
  }
}
