import { createHash } from 'node:crypto';

/** Octets of a statement digest (SHA-384). */
export const DIGEST_OCTETS = 48;

/**
 * What is signed for a statement: SHA-384("see-pki/" + kind + "/v1" + 0x00 + bytes). The kind is part of the input, so
 * a signature over one kind of statement never holds for another kind with the same bytes.
 */
export function statementDigest(kind: string, bytes: Uint8Array): Uint8Array {
  const hash = createHash('sha384');
  hash.update(`see-pki/${kind}/v1`);
  hash.update(SEPARATOR);
  hash.update(bytes);
  return new Uint8Array(hash.digest());
}

const SEPARATOR = Uint8Array.of(0);
