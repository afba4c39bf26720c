import type { KeyObject } from 'node:crypto';
import { HASHES, type Signed } from './is-signed-by.ts';
import { verifyInPool } from './verify-in-pool.ts';

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
