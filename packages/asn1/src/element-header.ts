import { DerError } from './der-error.ts';

/**
 * Reads the length octets at `at` (the octet after the identifier) under the rules of X.690 10.1. Returns the length of
 * the content times 8 plus the number of length octets (1..5), so that no object is made on the hot path.
 * Refuses indefinite, reserved, padded and > 4-octet lengths, and content that does not end by `end`.
 */
export function readLength(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) throw new DerError('truncated', at, 'X.690 8.1.3', 'length is missing');
  const first = bytes[at] as number;
  let length = first;
  let octets = 1;
  if (first >= 0x80) {
    if (first === 0x80) throw new DerError('indefinite-length', at, 'X.690 10.1', 'indefinite length');
    if (first === 0xff) throw new DerError('length-too-large', at, 'X.690 8.1.3.5', 'reserved length octet ff');
    octets = 1 + (first & 0x7f);
    if (at + 1 < end && bytes[at + 1] === 0) {
      throw new DerError('non-minimal-length', at, 'X.690 10.1', 'length has leading zeros');
    }
    if (octets > 5) throw new DerError('length-too-large', at, 'limit', 'length in more than four octets');
    if (at + octets > end) throw new DerError('truncated', at, 'X.690 8.1.3', 'length is cut short');
    length = 0;
    for (let index = 1; index < octets; index++) length = length * 256 + (bytes[at + index] as number);
    if (length < 0x80) throw new DerError('non-minimal-length', at, 'X.690 10.1', 'length is not in its shortest form');
  }
  if (length > end - at - octets) {
    throw new DerError(
      'truncated',
      at,
      'X.690 8.1.3',
      `content of ${length} octets does not fit into ${end - at - octets}`,
    );
  }
  return length * 8 + octets;
}
