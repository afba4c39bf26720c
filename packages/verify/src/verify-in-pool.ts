import { type KeyObject, verify } from 'node:crypto';
import { promisify } from 'node:util';

/** Whether a signature holds, found out in the thread pool: octets of any length keep nobody waiting. */
export const verifyInPool = promisify(
  (
    hash: string,
    data: Uint8Array,
    key: KeyObject,
    signature: Uint8Array,
    callback: (error: Error | null, holds: boolean) => void,
  ) => verify(hash, data, key, signature, callback),
);
