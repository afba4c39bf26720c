import type { CrlSink } from './stream-crl.ts';

/** Most octets of the header of the whole list, and of what follows tbsCertList: its algorithm and an RSA signature of 8,192 bits. */
const MOST_HEAD = 6;
const MOST_SIGNATURE = 1_200;

/**
 * Holds a CRL while it is written, in one buffer: the first octets say how long tbsCertList is. There is room in front for the
 * header of the whole list, whose length is known only with the signature.
 */
export class CrlBuffer implements CrlSink {
  #octets: Uint8Array | undefined;
  #used = MOST_HEAD;

  write(octets: Uint8Array): void {
    this.#octets ??= new Uint8Array(MOST_HEAD + lengthOf(octets) + MOST_SIGNATURE);
    this.#octets.set(octets, this.#used);
    this.#used += octets.length;
  }

  /** The whole list, once its header is known: a view, whose buffer is a little longer. */
  finish(head: Uint8Array): Uint8Array {
    if (!this.#octets) throw new Error('nothing was written');
    const from = MOST_HEAD - head.length;
    this.#octets.set(head, from);
    return this.#octets.subarray(from, this.#used);
  }
}

/** Octets of an element with its header, from that header. */
function lengthOf(octets: Uint8Array): number {
  const first = octets[1] ?? 0;
  if (first < 0x80) return 2 + first;
  let length = 0;
  for (const octet of octets.subarray(2, 2 + (first & 0x7f))) length = length * 256 + octet;
  return 2 + (first & 0x7f) + length;
}
