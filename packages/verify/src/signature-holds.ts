import { type KeyObject, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { HASHES, type Signed } from './is-signed-by.ts';

const verifyInPool = promisify(
  (
    hash: string,
    data: Uint8Array,
    key: KeyObject,
    signature: Uint8Array,
    callback: (error: Error | null, holds: boolean) => void,
  ) => verify(hash, data, key, signature, callback),
);

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
