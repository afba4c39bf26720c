import type { RevokedCursor } from '@see/x509';

/** One revoked or held certificate. Times in whole seconds since 1970. */
export interface RevokedRow {
  /** Content octets of the serial number, 1 to 20. */
  readonly serial: Uint8Array;
  readonly revokedAt: number;
  /** CRLReason; 0 for unspecified. */
  readonly reason: number;
  /** 0 for none. */
  readonly invalidSince: number;
  /** notAfter of the certificate; 0 where it is not known. */
  readonly expires: number;
}

/** Serial numbers from one on and, where there is an end, before another. */
export interface SerialRange {
  readonly from: Uint8Array;
  readonly before: Uint8Array | undefined;
}

/** Goes through the rows of a set without an object for each. */
export interface RevokedSetCursor extends RevokedCursor {
  readonly expires: number;
  /** What `put` was given with the row. */
  readonly round: number;
}

/** Octets of a row: 20 of the serial number, its length, the reason, the round, one spare, then three times of four octets. */
const ROW = 36;
const LENGTH = 20;
const REASON = 21;
const ROUND = 22;
const WORDS = ROW / 4;
const REVOKED_AT = 6;
const INVALID_SINCE = 7;
const EXPIRES = 8;
const MOST_SERIAL = 20;
/** Rows of a chunk: a row that comes between others moves those behind it in its own chunk alone. */
const CHUNK = 4_096;
const MOST_SECONDS = 0xffff_ffff;

interface Chunk {
  readonly octets: Uint8Array;
  readonly words: Uint32Array;
  rows: number;
}

/**
 * What is revoked or held, in the order of the serial numbers, 36 octets each and outside of the garbage-collected heap: what
 * a CRL is written from in one pass. Times beyond 1970 to 2106 are kept as the nearest of them.
 */
export class RevokedSet {
  readonly #chunks: Chunk[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Octets of memory that the rows take. */
  get bytes(): number {
    return this.#chunks.length * CHUNK * ROW;
  }

  get(serial: Uint8Array): RevokedRow | undefined {
    const chunk = this.#chunkOf(serial);
    if (!chunk) return undefined;
    const row = find(chunk, serial);
    return row < 0 ? undefined : read(chunk, row);
  }

  /**
   * Adds a row, or puts it in the place of that with the same serial number. `round`, up to 255, is kept with it, to find rows
   * again that were not put lately. Throws RangeError for a serial number that is none.
   */
  put(row: RevokedRow, round = 0): void {
    if (row.serial.length === 0 || row.serial.length > MOST_SERIAL)
      throw new RangeError(`a serial number of ${row.serial.length} octets`);
    const chunk = this.#chunkOf(row.serial) ?? this.#append();
    const found = find(chunk, row.serial);
    if (found >= 0) {
      write(chunk, found, row, round);
      return;
    }
    const { chunk: target, at } = this.#room(chunk, -found - 1);
    target.octets.copyWithin((at + 1) * ROW, at * ROW, target.rows * ROW);
    target.rows += 1;
    this.#size += 1;
    write(target, at, row, round);
  }

  /** Puts every entry of a list, in any order; nothing is known of their expiry. */
  putAll(entries: RevokedCursor): void {
    while (entries.next()) {
      const { octets, at, length, revokedAt, reason, invalidSince } = entries;
      this.put({ serial: octets.subarray(at, at + length), revokedAt, reason, invalidSince, expires: 0 });
    }
  }

  /** Takes a row out; returns whether it was there. */
  delete(serial: Uint8Array): boolean {
    const chunk = this.#chunkOf(serial);
    const row = chunk ? find(chunk, serial) : -1;
    if (!chunk || row < 0) return false;
    chunk.octets.copyWithin(row * ROW, (row + 1) * ROW, chunk.rows * ROW);
    chunk.rows -= 1;
    this.#size -= 1;
    if (chunk.rows === 0) this.#chunks.splice(this.#chunks.indexOf(chunk), 1);
    return true;
  }

  /** Every row in order. The set does not change meanwhile. */
  *rows(): Generator<RevokedRow> {
    for (const chunk of this.#chunks) for (let row = 0; row < chunk.rows; row += 1) yield read(chunk, row);
  }

  /** The same, without an object for each, for a CRL; of a range of the serial numbers, found in logarithmic time. */
  cursor(range?: SerialRange): RevokedSetCursor {
    if (!range) return new SetCursor(this.#chunks, { chunk: 0, row: 0 }, { chunk: this.#chunks.length, row: 0 });
    const end = range.before ? this.#placeOf(range.before) : { chunk: this.#chunks.length, row: 0 };
    return new SetCursor(this.#chunks, this.#placeOf(range.from), end);
  }

  /** Where a serial number is or would be. */
  #placeOf(serial: Uint8Array): Place {
    const chunk = this.#chunkOf(serial);
    if (!chunk) return { chunk: 0, row: 0 };
    const found = find(chunk, serial);
    return { chunk: this.#chunks.indexOf(chunk), row: found >= 0 ? found : -found - 1 };
  }

  /** The chunk in which a serial number is or would be; undefined in an empty set. */
  #chunkOf(serial: Uint8Array): Chunk | undefined {
    let [low, high] = [0, this.#chunks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (compare(this.#chunks[middle] as Chunk, 0, serial) <= 0) low = middle;
      else high = middle - 1;
    }
    return this.#chunks[low];
  }

  #append(after = this.#chunks.length): Chunk {
    const octets = new Uint8Array(CHUNK * ROW);
    const chunk: Chunk = { octets, words: new Uint32Array(octets.buffer), rows: 0 };
    this.#chunks.splice(after, 0, chunk);
    return chunk;
  }

  /** A place for one more row at `at` of a chunk; a full one is parted, or begun anew behind where rows come in order. */
  #room(chunk: Chunk, at: number): { readonly chunk: Chunk; readonly at: number } {
    if (chunk.rows < CHUNK) return { chunk, at };
    const index = this.#chunks.indexOf(chunk);
    const next = this.#append(index + 1);
    if (at === CHUNK && index === this.#chunks.length - 2) return { chunk: next, at: 0 };
    const half = CHUNK / 2;
    next.octets.set(chunk.octets.subarray(half * ROW));
    next.rows = chunk.rows - half;
    chunk.rows = half;
    return at <= half ? { chunk, at } : { chunk: next, at: at - half };
  }
}

/** A row, by the number of its chunk; a row behind the last of a chunk is the first of the next. */
interface Place {
  readonly chunk: number;
  readonly row: number;
}

class SetCursor implements RevokedSetCursor {
  octets: Uint8Array = new Uint8Array(0);
  at = 0;
  length = 0;
  revokedAt = 0;
  reason = 0;
  invalidSince = 0;
  expires = 0;
  round = 0;
  readonly #chunks: readonly Chunk[];
  readonly #end: Place;
  #chunk: number;
  #row: number;

  constructor(chunks: readonly Chunk[], from: Place, end: Place) {
    this.#chunks = chunks;
    this.#end = end;
    this.#chunk = from.chunk;
    this.#row = from.row;
  }

  next(): boolean {
    let chunk = this.#chunks[this.#chunk];
    if (chunk && this.#row >= chunk.rows) {
      this.#chunk += 1;
      this.#row = 0;
      chunk = this.#chunks[this.#chunk];
    }
    if (!chunk || this.#chunk > this.#end.chunk) return false;
    if (this.#chunk === this.#end.chunk && this.#row >= this.#end.row) return false;
    const { octets, words } = chunk;
    const word = this.#row * WORDS;
    this.octets = octets;
    this.at = this.#row * ROW;
    this.length = octets[this.at + LENGTH] as number;
    this.reason = octets[this.at + REASON] as number;
    this.round = octets[this.at + ROUND] as number;
    this.revokedAt = words[word + REVOKED_AT] as number;
    this.invalidSince = words[word + INVALID_SINCE] as number;
    this.expires = words[word + EXPIRES] as number;
    this.#row += 1;
    return true;
  }
}

/** The row of a serial number in a chunk, or -1 minus where it would be. */
function find(chunk: Chunk, serial: Uint8Array): number {
  let [low, high] = [0, chunk.rows - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = compare(chunk, middle, serial);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -low - 1;
}

/** Whether the serial number of a row is below (negative), equal to or above another: as numbers, so the shorter is below. */
function compare({ octets }: Chunk, row: number, serial: Uint8Array): number {
  const from = row * ROW;
  const length = octets[from + LENGTH] as number;
  if (length !== serial.length) return length - serial.length;
  for (let index = 0; index < length; index += 1) {
    const difference = (octets[from + index] as number) - (serial[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

function write({ octets, words }: Chunk, row: number, from: RevokedRow, round: number): void {
  const at = row * ROW;
  octets.fill(0, at, at + ROW);
  octets.set(from.serial, at);
  octets[at + LENGTH] = from.serial.length;
  octets[at + REASON] = from.reason;
  octets[at + ROUND] = round;
  const word = row * WORDS;
  words[word + REVOKED_AT] = bounded(from.revokedAt);
  words[word + INVALID_SINCE] = from.invalidSince === 0 ? 0 : Math.max(1, bounded(from.invalidSince));
  words[word + EXPIRES] = bounded(from.expires);
}

function read({ octets, words }: Chunk, row: number): RevokedRow {
  const at = row * ROW;
  const word = row * WORDS;
  return {
    serial: octets.slice(at, at + (octets[at + LENGTH] as number)),
    reason: octets[at + REASON] as number,
    revokedAt: words[word + REVOKED_AT] as number,
    invalidSince: words[word + INVALID_SINCE] as number,
    expires: words[word + EXPIRES] as number,
  };
}

function bounded(seconds: number): number {
  return Math.min(MOST_SECONDS, Math.max(0, seconds));
}
