import { CheckedEntries } from '@see/lint';
import { EntryWriter, MOST_ENTRY, type RevokedFields, RevokedScanner } from '@see/x509';
import { MOST_ROWS, RevokedChunk } from './revoked-chunk.ts';
import { compareSerials, sameEntry } from './serial-order.ts';

/** One revoked or held certificate. Times in whole seconds since 1970. */
export interface RevokedRow {
  /** Content octets of the serial number, 1 to 20. */
  readonly serial: Uint8Array;
  readonly revokedAt: number;
  /** CRLReason; 0 for unspecified. */
  readonly reason: number;
  /** 0 for none. */
  readonly invalidSince: number;
}

/** Serial numbers from one on and, where there is an end, before another. */
export interface SerialRange {
  readonly from: Uint8Array;
  readonly before: Uint8Array | undefined;
}

/** Goes through the rows of a set without an object for each. */
export interface RevokedSetCursor extends RevokedFields {
  /** Moves to the next row; false at the end. */
  next(): boolean;
  /** What `put` was given with the row. */
  readonly round: number;
}

const MOST_SERIAL = 20;
const MOST_SECONDS = 0xffff_ffff;
const VERSION = 2;
const NOTHING = new Uint8Array(0);

/**
 * What is revoked or held, in the order of the serial numbers, as the entries that a CRL has of it (RFC 5280 5.1.2.6) and one octet
 * more each, outside of the garbage-collected heap: a CRL is made from it by copying. Times beyond 1970 to 2106 are kept as the
 * nearest of them.
 */
export class RevokedSet {
  readonly #chunks: RevokedChunk[] = [];
  readonly #writer = new EntryWriter();
  readonly #entry = new Uint8Array(MOST_ENTRY);
  readonly #reader = new RevokedScanner(NOTHING, 0, 0, VERSION);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Octets of memory that the rows take. */
  get bytes(): number {
    return this.#chunks.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get(serial: Uint8Array): RevokedRow | undefined {
    const chunk = this.#chunks[this.#indexOf(serial)];
    const place = chunk?.find(serial);
    return chunk && place?.found ? rowOf(this.#read(chunk.entryAt(place))) : undefined;
  }

  /**
   * Adds a row, or puts it in the place of that with the same serial number. `round`, up to 255, is kept with it, to find rows
   * again that were not put lately. The entry is read once it was written, and has to say what the row says. Throws RangeError
   * where it does not, as for a serial number that is none, and X509Error for a reason that there is not.
   */
  put(row: RevokedRow, round = 0): void {
    const { serial } = row;
    const entry = this.#write(row);
    if (this.#chunks.length === 0) this.#chunks.push(new RevokedChunk());
    const index = this.#indexOf(serial);
    let chunk = this.#chunks[index] as RevokedChunk;
    let place = chunk.find(serial);
    if (place.found && Buffer.compare(chunk.entryAt(place), entry) === 0) {
      chunk.setRound(place, round);
      return;
    }
    if (!place.found && chunk.rows === MOST_ROWS) {
      // Rows that come in order fill chunks.
      const next = place.row === MOST_ROWS ? new RevokedChunk() : chunk.split();
      this.#chunks.splice(index + 1, 0, next);
      if (next.rows === 0 || next.beginsBy(serial)) chunk = next;
      place = chunk.find(serial);
    }
    if (!place.found) this.#size += 1;
    chunk.put(place, entry, round);
  }

  /** Puts every entry of a list, in any order. */
  putAll(entries: RevokedScanner): void {
    while (entries.next()) this.put(rowOf(entries));
  }

  /** Takes a row out; returns whether it was there. */
  delete(serial: Uint8Array): boolean {
    const index = this.#indexOf(serial);
    const chunk = this.#chunks[index];
    const place = chunk?.find(serial);
    if (!chunk || !place?.found) return false;
    chunk.remove(place);
    this.#size -= 1;
    if (chunk.rows === 0) this.#chunks.splice(index, 1);
    return true;
  }

  /** Every row in order. The set does not change meanwhile. */
  *rows(): Generator<RevokedRow> {
    for (const cursor = this.cursor(); cursor.next(); ) yield rowOf(cursor);
  }

  /** The same, without an object for each. */
  cursor(): RevokedSetCursor {
    return new SetCursor(this.#chunks);
  }

  /**
   * The encoded entries, each looked at, of everything or of a range of the serial numbers, in as many runs as it takes. They stay
   * as they are when the set changes.
   */
  entries(range?: SerialRange): CheckedEntries[] {
    const from = range ? this.#indexOf(range.from) : 0;
    const runs: CheckedEntries[] = [];
    for (const chunk of this.#chunks.slice(from)) {
      const start = range ? chunk.find(range.from).at : 0;
      const end = range?.before ? chunk.find(range.before).at : chunk.length;
      if (start === 0 && end === chunk.length) runs.push(chunk.checked);
      else if (start < end) runs.push(new CheckedEntries(chunk.octets.subarray(start, end)));
      if (end < chunk.length) break;
    }
    return runs;
  }

  /** The entry of a row, which says what the row says: octets that hold until the next call. */
  #write({ serial, revokedAt, reason, invalidSince }: RevokedRow): Uint8Array {
    if (serial.length === 0 || serial.length > MOST_SERIAL)
      throw new RangeError(`a serial number of ${serial.length} octets`);
    const wanted: RevokedFields = {
      octets: serial,
      at: 0,
      length: serial.length,
      revokedAt: bounded(revokedAt),
      reason,
      invalidSince: invalidSince === 0 ? 0 : Math.max(1, bounded(invalidSince)),
    };
    const entry = this.#entry.subarray(0, this.#writer.write(wanted, this.#entry, 0));
    const read = this.#read(entry);
    if (compareSerials(read, wanted) !== 0 || !sameEntry(read, wanted) || read.to !== entry.length)
      throw new RangeError(`an entry that says something else than was written: ${entry.toHex()}`);
    return entry;
  }

  #read(entry: Uint8Array): RevokedScanner {
    this.#reader.moveTo(entry, 0, entry.length);
    this.#reader.next();
    return this.#reader;
  }

  /** The index of the chunk in which a serial number is or would be; 0 in an empty set. */
  #indexOf(serial: Uint8Array): number {
    let [low, high] = [0, this.#chunks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#chunks[middle]?.beginsBy(serial)) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

class SetCursor extends RevokedScanner implements RevokedSetCursor {
  round = 0;
  readonly #chunks: readonly RevokedChunk[];
  #chunk = -1;
  #row = 0;

  constructor(chunks: readonly RevokedChunk[]) {
    super(NOTHING, 0, 0, VERSION);
    this.#chunks = chunks;
  }

  override next(): boolean {
    while (!super.next()) {
      this.#chunk += 1;
      const octets = this.#chunks[this.#chunk]?.octets;
      if (!octets) return false;
      this.#row = 0;
      this.moveTo(octets, 0, octets.length);
    }
    this.round = this.#chunks[this.#chunk]?.roundOf(this.#row) ?? 0;
    this.#row += 1;
    return true;
  }
}

/** A row of its own of what a cursor is at. */
export function rowOf({ octets, at, length, revokedAt, reason, invalidSince }: RevokedFields): RevokedRow {
  return { serial: octets.slice(at, at + length), revokedAt, reason, invalidSince };
}

function bounded(seconds: number): number {
  return Math.min(MOST_SECONDS, Math.max(0, seconds));
}
