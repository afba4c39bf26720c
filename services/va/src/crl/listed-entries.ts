import { setImmediate } from 'node:timers/promises';
import { REVOCATION_REASONS } from '@see/domain';
import { compareSerialOctets, type RevokedEntries, type RevokedScanner } from '@see/x509';
import type { Remembered } from '../status/effective-status.ts';

/** A serial number, lower-case hex of the content octets, and what a CRL says of it. */
export interface ListedSerial {
  readonly serial: string;
  readonly standing: Remembered;
}

/** Whether what an entry says of the serial number at a place is known already. */
export type IsKnown = (serial: Uint8Array, at: number, length: number, kind: Remembered['kind']) => boolean;

const HOLD: number = REVOCATION_REASONS.certificateHold;
const REMOVED = 8;
/** Entries that are read before others get their turn. */
const AT_ONCE = 20_000;

/**
 * The entries of a CRL in the order of their serial numbers, without an object for each: beside the octets of the list itself
 * four octets an entry, outside of the garbage-collected heap. Of entries with the same serial number the last one counts.
 */
export class ListedEntries {
  readonly #scanner: RevokedScanner;
  /** Where each entry begins. */
  readonly #places: Uint32Array;
  readonly #isDelta: boolean;

  private constructor(scanner: RevokedScanner, places: Uint32Array, isDelta: boolean) {
    this.#scanner = scanner;
    this.#places = places;
    this.#isDelta = isDelta;
  }

  /**
   * Reads every entry once. Throws what reading an entry throws, and TypeError for one with a critical extension that is not
   * understood. Lists that are not in order, which ours are, cost a sort. removeFromCRL says that nothing is listed in a delta
   * alone: elsewhere it is a revocation like others.
   */
  static async read(entries: RevokedEntries, isDelta = false): Promise<ListedEntries> {
    const scanner = entries.scan();
    let places = new Uint32Array(64);
    let count = 0;
    let isSorted = true;
    let [lastAt, lastLength] = [0, 0];
    while (scanner.next()) {
      const critical = scanner.unusual?.unknownCritical;
      if (critical !== undefined) throw new TypeError(`an entry has the critical extension ${critical}`);
      if (count === places.length) places = grown(places);
      places[count] = scanner.from;
      count += 1;
      const { octets, at, length } = scanner;
      if (compareSerialOctets(octets, lastAt, lastLength, octets, at, length) > 0) isSorted = false;
      [lastAt, lastLength] = [at, length];
      if (count % AT_ONCE === 0) await setImmediate();
    }
    const listed = new ListedEntries(scanner, places.slice(0, count), isDelta);
    if (!isSorted) listed.#sort();
    return listed;
  }

  get size(): number {
    return this.#places.length;
  }

  /** What the list says of a serial number; undefined where it does not list it, or lists it as released (removeFromCRL). */
  find(serial: string): Remembered | undefined {
    const wanted = Uint8Array.fromHex(serial);
    let [low, high] = [0, this.#places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const { octets, at, length } = this.#read(middle);
      if (compareSerialOctets(octets, at, length, wanted, 0, wanted.length) <= 0) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return undefined;
    const { octets, at, length } = this.#read(low - 1);
    return compareSerialOctets(octets, at, length, wanted, 0, wanted.length) === 0 ? this.#standing() : undefined;
  }

  /** The lowest and the highest serial number; undefined in an empty list. */
  get ends(): { readonly first: Uint8Array; readonly last: Uint8Array } | undefined {
    if (this.size === 0) return undefined;
    return { first: this.#serial(0), last: this.#serial(this.size - 1) };
  }

  /**
   * What it says that another list did not say in the same octets, all of it where there is none, but for what is known. In
   * pages; others get their turn between.
   */
  async *news(
    before?: ListedEntries,
    isKnown: IsKnown = () => false,
  ): AsyncGenerator<readonly ListedSerial[], void, undefined> {
    const place = { row: 0 };
    for (let from = 0; from < this.#places.length; from += AT_ONCE) {
      const page: ListedSerial[] = [];
      for (let index = from; index < Math.min(from + AT_ONCE, this.#places.length); index += 1) {
        const { octets, at, length, from: start, to, reason } = this.#read(index);
        if (before?.passes(place, octets, at, length, octets.subarray(start, to))) continue;
        if (isKnown(octets, at, length, reason === HOLD ? 'held' : 'revoked')) continue;
        const standing = this.#standing();
        if (standing) page.push({ serial: octets.subarray(at, at + length).toHex(), standing });
      }
      if (page.length > 0) yield page;
      await setImmediate();
    }
  }

  /** Goes on to the row that is not below a serial number; whether it is the same entry, octet for octet. */
  passes(place: { row: number }, serial: Uint8Array, at: number, length: number, entry: Uint8Array): boolean {
    for (; place.row < this.size; place.row += 1) {
      const mine = this.#read(place.row);
      if (compareSerialOctets(mine.octets, mine.at, mine.length, serial, at, length) < 0) continue;
      return Buffer.compare(mine.octets.subarray(mine.from, mine.to), entry) === 0;
    }
    return false;
  }

  #serial(index: number): Uint8Array {
    const { octets, at, length } = this.#read(index);
    return octets.subarray(at, at + length);
  }

  /** Brings the scanner to an entry that it has passed once. */
  #read(index: number): RevokedScanner {
    this.#scanner.to = this.#places[index] as number;
    this.#scanner.next();
    return this.#scanner;
  }

  /** What the entry says that was read last. */
  #standing(): Remembered | undefined {
    const { reason, revokedAt, invalidSince } = this.#scanner;
    if (reason === REMOVED && this.#isDelta) return undefined;
    return {
      kind: reason === HOLD ? 'held' : 'revoked',
      reason,
      revokedAt: new Date(revokedAt * 1000),
      ...(invalidSince === 0 ? {} : { invalidityDate: new Date(invalidSince * 1000) }),
    };
  }

  #sort(): void {
    const serials = new Map<number, Uint8Array>();
    this.#places.forEach((place, index) => void serials.set(place, this.#serial(index)));
    const of = (place: number): Uint8Array => serials.get(place) as Uint8Array;
    // Those with the same serial number stay in the order of the list.
    this.#places.sort(
      (one, other) => compareSerialOctets(of(one), 0, of(one).length, of(other), 0, of(other).length) || one - other,
    );
  }
}

function grown(places: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(places.length * 2);
  more.set(places);
  return more;
}
