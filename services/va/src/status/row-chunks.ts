/** Rows in one chunk: memory grows by chunks, so that a growing table is never copied. */
export const CHUNK_ROWS = 16_384;

/** One chunk of rows, as words and as octets of the same memory. */
interface Chunk {
  readonly words: Uint32Array;
  readonly octets: Uint8Array;
}

/** Where a row is: index into `words` and into `octets` of its chunk. */
export interface RowPlace extends Chunk {
  word: number;
  octet: number;
}

/**
 * Rows of a fixed number of 32-bit words, zero at first, outside of the garbage-collected heap. A row keeps its number.
 * `place` gives the same object at each call: it holds until the next call.
 */
export class RowChunks {
  readonly #chunks: Chunk[] = [];
  readonly #rowWords: number;
  readonly #place: { words: Uint32Array; octets: Uint8Array; word: number; octet: number };

  constructor(rowWords: number) {
    this.#rowWords = rowWords;
    this.#place = { words: new Uint32Array(0), octets: new Uint8Array(0), word: 0, octet: 0 };
  }

  /** Octets of one row. */
  get rowBytes(): number {
    return this.#rowWords * 4;
  }

  /** Octets that the rows take. */
  get bytes(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.octets.length, 0);
  }

  /** Whether memory for a row is there. */
  has(row: number): boolean {
    return this.#chunks[Math.floor(row / CHUNK_ROWS)] !== undefined;
  }

  /** The place of a row; its chunk is made where it is not there yet. */
  place(row: number): RowPlace {
    const index = Math.floor(row / CHUNK_ROWS);
    let chunk = this.#chunks[index];
    if (!chunk) {
      const words = new Uint32Array(CHUNK_ROWS * this.#rowWords);
      chunk = { words, octets: new Uint8Array(words.buffer) };
      this.#chunks[index] = chunk;
    }
    const place = this.#place;
    place.words = chunk.words;
    place.octets = chunk.octets;
    place.word = (row - index * CHUNK_ROWS) * this.#rowWords;
    place.octet = place.word * 4;
    return place;
  }

  /** The octets of the rows of one chunk, as they are in memory; undefined where it was never written. */
  chunk(index: number): Uint8Array | undefined {
    return this.#chunks[index]?.octets;
  }

  /** The same, made where it is not there yet. */
  madeChunk(index: number): Uint8Array {
    return this.place(index * CHUNK_ROWS).octets;
  }
}
