import { createHmac } from 'node:crypto';
import { RowChunks } from './row-chunks.ts';

/** What an examination found in the octets of a genuine certificate. */
export interface Examined {
  readonly notBefore: Date;
  /** Whether mail may be encrypted to it. */
  readonly encrypts: boolean;
}

/** 32-bit words of a row: two of fingerprint, the last bit of which says whether it encrypts; notBefore in seconds since 1970. */
const WORDS = 3;
const NOT_BEFORE = 2;

/**
 * Which octets were found genuine, by the row of the status table: 12 octets each. The fingerprint is 63 bits of an HMAC
 * under a key that only this va has, so that nobody can make other octets that pass for those that were verified.
 */
export class ExaminedOctets {
  readonly #key: Uint8Array;
  #rows = new RowChunks(WORDS);

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** Octets of memory that it takes. */
  get bytes(): number {
    return this.#rows.bytes;
  }

  /** The rows as they are in memory. */
  get rows(): RowChunks {
    return this.#rows;
  }

  /** Keeps that these octets were verified. */
  keep(row: number, der: Uint8Array, { notBefore, encrypts }: Examined): void {
    const [high, low] = this.#fingerprint(der);
    const { words, word } = this.#rows.place(row);
    words[word] = high;
    words[word + 1] = low | (encrypts ? 1 : 0);
    words[word + NOT_BEFORE] = Math.floor(notBefore.getTime() / 1000);
  }

  /** Whether these are the octets that were verified for this row. */
  isSame(row: number, der: Uint8Array): boolean {
    if (!this.#isKept(row)) return false;
    const [high, low] = this.#fingerprint(der);
    const { words, word } = this.#rows.place(row);
    return words[word] === high && ((words[word + 1] as number) & ~1) >>> 0 === low;
  }

  encrypts(row: number): boolean {
    if (!this.#isKept(row)) return false;
    const { words, word } = this.#rows.place(row);
    return ((words[word + 1] as number) & 1) === 1;
  }

  /** Milliseconds since 1970; 0 where nothing was verified. */
  notBefore(row: number): number {
    if (!this.#rows.has(row)) return 0;
    const { words, word } = this.#rows.place(row);
    return (words[word + NOT_BEFORE] as number) * 1000;
  }

  /** Takes rows that were kept, in place of all that is there. */
  restore(rows: RowChunks): void {
    this.#rows = rows;
  }

  #isKept(row: number): boolean {
    return this.notBefore(row) !== 0;
  }

  #fingerprint(der: Uint8Array): readonly [number, number] {
    const mac = createHmac('sha256', this.#key).update(der).digest();
    return [mac.readUInt32LE(0), (mac.readUInt32LE(4) & ~1) >>> 0];
  }
}
