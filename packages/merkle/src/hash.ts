import { hash } from 'node:crypto';

/** Octets of every hash in a tree (SHA-256). */
export const HASH_OCTETS = 32;

/** The hash of a leaf: SHA-256(0x00 || data), RFC 9162 2.1.1. */
export function leafHash(data: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + data.length);
  input.set(data, 1);
  return sha256(input);
}

/** The hash of two subtrees: SHA-256(0x01 || left || right), RFC 9162 2.1.1. Throws RangeError when one is no hash. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== HASH_OCTETS || right.length !== HASH_OCTETS) throw new RangeError('a hash has 32 octets');
  const input = new Uint8Array(1 + 2 * HASH_OCTETS);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + HASH_OCTETS);
  return sha256(input);
}

/** The root of the tree without leaves: SHA-256 of nothing, RFC 9162 2.1.1. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** Whether two hashes are the same octets. Not constant in time: hashes of a public log are no secret. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}

function sha256(input: Uint8Array): Uint8Array {
  return new Uint8Array(hash('sha256', input, 'buffer'));
}
