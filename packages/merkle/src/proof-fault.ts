import { HASH_OCTETS } from './hash.ts';

/**
 * Why a proof does not hold. `bad-size`: sizes or index are no whole numbers or not in order. `bad-hash`: a hash has
 * not 32 octets. `proof-length`: more or fewer hashes than this proof has. `root-mismatch`: it leads to another root.
 */
export type ProofFault = 'bad-size' | 'bad-hash' | 'proof-length' | 'root-mismatch';

/** Whether all of these have the length of a hash. */
export function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH_OCTETS);
}
