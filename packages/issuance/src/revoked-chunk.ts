import { CheckedEntries } from '@see/lint';
import { compareSerialOctets } from '@see/x509';

/** Most rows of a chunk: one that comes between others moves those behind it in its own chunk alone. */
export const MOST_ROWS = 512;

const SERIAL_LENGTH = 3;
const SERIAL = 4;
/** Octets for a few entries, then for a full chunk of usual ones: the same for all, so that what one gave back another takes. */
const FEW = 1_024;
const FULL = 48 * MOST_ROWS;

/** Where the entry of a serial number begins in a chunk, or would, and how many are before it. */
export interface ChunkPlace {
  readonly at: number;
  readonly row: number;
  readonly found: boolean;
}

/**
 * Encoded entries of revokedCertificates in the order of their serial numbers, one behind another, each shorter than 128 octets,
 * with a round of one octet each. What was found when they were looked at is kept until one changes, and what was looked at stays
 * as it was.
 */
export class RevokedChunk {
  #octets = new Uint8Array(FEW);
  #used = 0;
  #rows = 0;
  readonly #rounds = new Uint8Array(MOST_ROWS);
  /** Where the last entry begins. */
  #last = 0;
  #checked: CheckedEntries | undefined;
  #given = false;

  get rows(): number {
    return this.#rows;
  }

  /** Octets of memory. */
  get bytes(): number {
    return this.#octets.length + MOST_ROWS;
  }

  /** Octets of the entries. */
  get length(): number {
    return this.#used;
  }

  /** The entries. What was given never changes: a change is made in a copy. */
  get octets(): Uint8Array {
    this.#given = true;
    return this.#octets.subarray(0, this.#used);
  }

  /** The entries with what was found when each of them was looked at; the chunk has some. */
  get checked(): CheckedEntries {
    this.#checked ??= new CheckedEntries(this.octets);
    return this.#checked;
  }

  roundOf(row: number): number {
    return this.#rounds[row] as number;
  }

  /** Whether the first serial number is at or below another. */
  beginsBy(serial: Uint8Array): boolean {
    return this.#compare(0, serial) <= 0;
  }

  /** Goes from entry to entry, but for a serial number above all of them. */
  find(serial: Uint8Array): ChunkPlace {
    if (this.#rows > 0 && this.#compare(this.#last, serial) < 0)
      return { at: this.#used, row: this.#rows, found: false };
    for (let [at, row] = [0, 0]; row < this.#rows; row += 1) {
      const order = this.#compare(at, serial);
      if (order >= 0) return { at, row, found: order === 0 };
      at += this.#lengthAt(at);
    }
    return { at: this.#used, row: this.#rows, found: false };
  }

  /** The entry at a place that was found; it holds until the chunk changes. */
  entryAt({ at }: ChunkPlace): Uint8Array {
    return this.#octets.subarray(at, at + this.#lengthAt(at));
  }

  setRound({ row }: ChunkPlace, round: number): void {
    this.#rounds[row] = round;
  }

  /** Puts an entry where `find` says that its serial number is or would be; NOT checked: that there is room for one more row. */
  put(place: ChunkPlace, entry: Uint8Array, round: number): void {
    const { at, row, found } = place;
    this.#resize(at, found ? this.#lengthAt(at) : 0, entry.length);
    this.#octets.set(entry, at);
    if (!found) {
      this.#rounds.copyWithin(row + 1, row, this.#rows);
      this.#rows += 1;
    }
    if (row === this.#rows - 1) this.#last = at;
    this.#rounds[row] = round;
  }

  /** Takes out the entry at a place that was found. */
  remove({ at, row }: ChunkPlace): void {
    this.#resize(at, this.#lengthAt(at), 0);
    this.#rounds.copyWithin(row, row + 1, this.#rows);
    this.#rows -= 1;
    this.#last = this.#placeOf(this.#rows - 1);
  }

  /** Gives the second half of its rows to a new chunk. */
  split(): RevokedChunk {
    const next = new RevokedChunk();
    const half = this.#rows >> 1;
    const from = this.#placeOf(half);
    next.#resize(0, 0, this.#used - from);
    next.#octets.set(this.#octets.subarray(from, this.#used));
    next.#rounds.set(this.#rounds.subarray(half, this.#rows));
    next.#rows = this.#rows - half;
    next.#last = this.#last - from;
    this.#resize(from, this.#used - from, 0);
    this.#rows = half;
    this.#last = this.#placeOf(half - 1);
    return next;
  }

  /** Makes what was `length` octets at a place `wanted` long; what is behind it moves. */
  #resize(at: number, length: number, wanted: number): void {
    const behind = this.#octets.subarray(at + length, this.#used);
    const used = this.#used + wanted - length;
    if (this.#given || used > this.#octets.length) {
      const before = this.#octets.subarray(0, at);
      this.#octets = new Uint8Array(used <= FEW ? FEW : used <= FULL ? FULL : used + (used >> 3));
      this.#octets.set(before);
    }
    this.#octets.set(behind, at + wanted);
    this.#used = used;
    this.#given = false;
    this.#checked = undefined;
    // An entry that begins behind the place moves with what is behind it.
    if (this.#last > at || (this.#last === at && length === 0)) this.#last += wanted - length;
  }

  #placeOf(row: number): number {
    let at = 0;
    for (let index = 0; index < row; index += 1) at += this.#lengthAt(at);
    return at;
  }

  /** Octets of the entry at a place, by its header, which has two. */
  #lengthAt(at: number): number {
    return 2 + (this.#octets[at + 1] as number);
  }

  /** Negative where the serial number of the entry at a place is below another, as numbers. */
  #compare(at: number, serial: Uint8Array): number {
    const length = this.#octets[at + SERIAL_LENGTH] as number;
    return compareSerialOctets(this.#octets, at + SERIAL, length, serial, 0, serial.length);
  }
}
