import { DerReader, tag } from '@see/asn1';
import type { RevokedFields } from './crl-entry-octets.ts';
import { type RevokedEntry, readRevokedEntry } from './revoked-entry.ts';

const REASON_LENGTH = 12;
const INVALIDITY_LENGTH = 26;
/** Octets of reasonCode before its value, and of invalidityDate before its characters. */
const REASON = [0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01];
const INVALIDITY = [0x30, 0x18, 0x06, 0x03, 0x55, 0x1d, 0x18, 0x04, 0x11, 0x18, 0x0f];
const DAY = 86_400;
const LARGEST_REASON = 10;

/**
 * Goes through the content octets of revokedCertificates without an object for each entry. Entries in the form in which
 * `EntryWriter` writes them are read in place; for each other one `unusual` is set, read by `readRevokedEntry`, which throws
 * what it throws. Every octet is looked at: what is passed over here as sound is what that would have read.
 */
export class RevokedScanner implements RevokedFields {
  octets: Uint8Array;
  at = 0;
  length = 0;
  revokedAt = 0;
  reason = 0;
  invalidSince = 0;
  /** Where the entry begins and where the next one does. */
  from: number;
  to: number;
  /** The entry, where it is in another form; the other fields are set as far as they can be said. */
  unusual: RevokedEntry | undefined;
  #end: number;
  readonly #version: number;
  readonly #days = new Map<number, number>();

  constructor(octets: Uint8Array, from: number, end: number, version: number) {
    this.octets = octets;
    this.from = from;
    this.to = from;
    this.#end = end;
    this.#version = version;
  }

  /** Goes on before the first entry in other octets. */
  moveTo(octets: Uint8Array, from: number, end: number): void {
    this.octets = octets;
    this.from = from;
    this.to = from;
    this.#end = end;
  }

  /** Moves to the next entry; false at the end. */
  next(): boolean {
    if (this.to >= this.#end) return false;
    this.from = this.to;
    this.unusual = undefined;
    if (!this.#usual()) this.#unusual();
    return true;
  }

  /** From the entry on where this is, passes over `length` octets; `next` moves to what is behind them. NOT checked: that they are whole entries. */
  skip(length: number): void {
    this.to = this.from + length;
  }

  /** Reads an entry of the usual form; false, with nothing said of the fields, where it has another. */
  #usual(): boolean {
    const { octets, from } = this;
    const end = from + 2 + (octets[from + 1] as number);
    if (octets[from] !== tag.sequence || (octets[from + 1] as number) >= 0x80 || end > this.#end) return false;
    const length = octets[from + 3] as number;
    let at = from + 4;
    if (octets[from + 2] !== tag.integer || length === 0 || length > 20 || at + length + 15 > end) return false;
    const first = octets[at] as number;
    // The shortest form of a positive number.
    if (first >= 0x80 || (first === 0 && (length === 1 || (octets[at + 1] as number) < 0x80))) return false;
    this.at = at;
    this.length = length;
    at += length;
    if (octets[at] !== tag.utcTime || octets[at + 1] !== 13) return false;
    const year = this.#digits(at + 2);
    if (year < 0) return false;
    this.revokedAt = this.#time(at + 2, year < 50 ? 2000 + year : 1900 + year);
    if (Number.isNaN(this.revokedAt)) return false;
    this.reason = 0;
    this.invalidSince = 0;
    if (!this.#extensions(at + 15, end)) return false;
    this.to = end;
    return true;
  }

  #extensions(from: number, end: number): boolean {
    const { octets } = this;
    if (from === end) return true;
    if (this.#version !== 2 || octets[from] !== tag.sequence || octets[from + 1] !== end - from - 2) return false;
    let at = from + 2;
    if (matches(octets, at, REASON) && end - at >= REASON_LENGTH) {
      const reason = octets[at + REASON_LENGTH - 1] as number;
      if (reason === 0 || reason === 7 || reason > LARGEST_REASON) return false;
      this.reason = reason;
      at += REASON_LENGTH;
    }
    if (at < end) {
      if (end - at !== INVALIDITY_LENGTH || !matches(octets, at, INVALIDITY)) return false;
      const century = this.#digits(at + INVALIDITY.length);
      const year = this.#digits(at + INVALIDITY.length + 2);
      if (century < 0 || year < 0) return false;
      this.invalidSince = this.#time(at + INVALIDITY.length + 2, century * 100 + year);
      // 0 is none.
      if (Number.isNaN(this.invalidSince) || this.invalidSince === 0) return false;
    } else if (from + 2 === end) return false;
    return true;
  }

  /** Seconds since 1970 of `YYMMDDHHMMSSZ`, whose year is known; NaN where it is no time. */
  #time(at: number, year: number): number {
    const month = this.#digits(at + 2);
    const day = this.#digits(at + 4);
    const hours = this.#digits(at + 6);
    const minutes = this.#digits(at + 8);
    const seconds = this.#digits(at + 10);
    if (hours < 0 || minutes < 0 || seconds < 0 || hours > 23 || minutes > 59 || seconds > 59) return Number.NaN;
    if (this.octets[at + 12] !== 0x5a || month < 1 || day < 1) return Number.NaN;
    return this.#dayOf(year, month, day) * DAY + hours * 3600 + minutes * 60 + seconds;
  }

  #dayOf(year: number, month: number, day: number): number {
    const key = (year * 16 + month) * 32 + day;
    const known = this.#days.get(key);
    if (known !== undefined) return known;
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    const exists = month <= 12 && day <= 31 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
    const found = exists ? date.getTime() / 1000 / DAY : Number.NaN;
    this.#days.set(key, found);
    return found;
  }

  /** The number of two digits; -1 where they are none. */
  #digits(at: number): number {
    const tens = (this.octets[at] as number) - 0x30;
    const ones = (this.octets[at + 1] as number) - 0x30;
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
  }

  #unusual(): void {
    const reader = DerReader.of(this.octets.subarray(this.from, this.#end), { maxBytes: Number.MAX_SAFE_INTEGER });
    const entry = readRevokedEntry(reader, this.#version);
    this.unusual = entry;
    this.to = this.from + reader.offset;
    this.at = entry.serialNumber.byteOffset - this.octets.byteOffset;
    this.length = entry.serialNumber.length;
    this.revokedAt = Math.floor(entry.revocationDate.getTime() / 1000);
    this.reason = entry.reason ?? 0;
    this.invalidSince = entry.invalidityDate ? Math.floor(entry.invalidityDate.getTime() / 1000) : 0;
  }
}

function matches(octets: Uint8Array, at: number, wanted: readonly number[]): boolean {
  for (let index = 0; index < wanted.length; index += 1) if (octets[at + index] !== wanted[index]) return false;
  return true;
}
