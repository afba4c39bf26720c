import type { CertificateFacts } from '@see/db/va';
import type { CertificateStatus } from '@see/domain';
import { Names } from './names.ts';
import { RowChunks } from './row-chunks.ts';
import { SerialIndex } from './serial-index.ts';
import { type RowFacts, type RowReader, rowSeconds, StatusEntry, sameStatus } from './status-entry.ts';

/** Who is told what happens in the table. Neither may throw. */
export interface StatusListener {
  /** A certificate was added. */
  readonly onAdded: (entry: StatusEntry) => void;
  /** What would be answered for a certificate has changed. */
  readonly onChanged: (entry: StatusEntry) => void;
}

/** What rows refer to by number. */
export interface TableKey {
  readonly size: number;
  readonly highestId: number;
  readonly cas: readonly string[];
  readonly profiles: readonly string[];
  readonly agencies: readonly string[];
  /** Serial numbers that do not have 16 octets, by row. */
  readonly odd: readonly (readonly [row: number, serial: string])[];
}

/** An empty set of rows as the table has them. */
export function emptyRows(): RowChunks {
  return new RowChunks(WORDS);
}

/** Octets of a serial number that fit into a row; ours have all of them. */
const SERIAL = 16;
/** 32-bit words of a row: four of serial number, then these, then one of four octets each (`WHO`, `HOW`). */
const WORDS = 10;
const ID = 4;
const NOT_AFTER = 5;
const REVOKED_AT = 6;
const INVALID_SINCE = 7;
/** Octets: number of the CA, of the profile, two of the agency. */
const CA = 32;
const PROFILE = 33;
const AGENCY = 34;
/** Octets: status, reason, what the examination found, length of the serial number. */
const KIND = 36;
const REASON = 37;
const GENUINE = 38;
const LENGTH = 39;

const KINDS = ['good', 'held', 'revoked'] as const;
const GENUINE_OF = [undefined, true, false] as const;
/** Two bits say what was found, one that it was found since the start. */
const FOUND = 3;
const EXAMINED = 4;
const HIGHEST_ID = 0xffff_ffff;

/**
 * Every certificate of the issuing CAs, by CA and serial number: the one place that answers are made from. A row takes 40
 * octets and five to seven of index, outside of the garbage-collected heap. Times are kept in whole seconds from 1970 to
 * 2106; what lies beyond is kept as the nearest of them.
 */
export class StatusTable implements RowReader {
  #rows = emptyRows();
  readonly #index = new SerialIndex((row) => this.#hashOfRow(row));
  readonly #cas = new Names(0xff);
  readonly #profiles = new Names(0xff);
  readonly #agencies = new Names(0xffff);
  /** Serial numbers that do not have 16 octets, whole, by row. */
  readonly #odd = new Map<number, string>();
  readonly #listener: StatusListener;
  #size = 0;
  #highestId = 0;
  #unexamined = 0;
  #unverified = 0;

  constructor(listener: StatusListener) {
    this.#listener = listener;
  }

  get size(): number {
    return this.#size;
  }

  /** The highest certificate id that was added. */
  get highestId(): number {
    return this.#highestId;
  }

  /** Certificates whose octets were not examined since the start. */
  get unexamined(): number {
    return this.#unexamined;
  }

  /** Certificates whose octets were never examined. */
  get unverified(): number {
    return this.#unverified;
  }

  /** Octets of memory that the rows and their index take. */
  get bytes(): number {
    return this.#rows.bytes + this.#index.bytes;
  }

  /** Makes room for so many certificates at once. */
  reserve(certificates: number): void {
    this.#index.reserve(certificates);
  }

  /** `serial` in lower-case hex of the content octets. */
  find(ca: string, serial: string): StatusEntry | undefined {
    const row = this.#find(this.#cas.known(ca), serial);
    return row < 0 ? undefined : new StatusEntry(this, row);
  }

  /**
   * Whether a certificate that is recorded has a status at least as strict as this one. For lists of a million: the serial number
   * as it stands in their octets, without text and objects. False for serial numbers that do not have 16 octets.
   */
  isSettled(ca: string, serial: Uint8Array, from: number, length: number, kind: 'held' | 'revoked'): boolean {
    const number = this.#cas.known(ca);
    if (number === undefined || length !== SERIAL) return false;
    const row = this.#index.find(hash(number, serial, from, length), (at) => this.#isAt(at, number, serial, from));
    if (row < 0) return false;
    const { words, octets, word, octet } = this.#rows.place(row);
    return words[word + ID] !== 0 && (octets[octet + KIND] as number) >= KINDS.indexOf(kind);
  }

  /** The certificate of a row below `size`. */
  at(row: number): StatusEntry {
    return new StatusEntry(this, row);
  }

  *entries(): Generator<StatusEntry> {
    for (let row = 0; row < this.#size; row += 1) yield this.at(row);
  }

  /**
   * Adds a certificate that a row tells of; its status starts as what is known of the serial number, else as good, and
   * its octets as not examined. A serial number that has a certificate keeps it: the first row counts.
   */
  add(facts: CertificateFacts): StatusEntry {
    const serial = facts.serial.toHex();
    const entry = this.addUnrecorded(facts.ca, serial);
    if (entry.id !== undefined) return entry;
    if (!Number.isSafeInteger(facts.id) || facts.id < 1 || facts.id > HIGHEST_ID)
      throw new RangeError(`certificate id ${facts.id} is beyond what the table keeps`);
    const { words, octets, word, octet } = this.#rows.place(entry.row);
    words[word + ID] = facts.id;
    words[word + NOT_AFTER] = rowSeconds(facts.notAfter);
    octets[octet + PROFILE] = this.#profiles.number(facts.profileId);
    const agency = this.#agencies.number(facts.agencyId ?? '');
    octets[octet + AGENCY] = agency >> 8;
    octets[octet + AGENCY + 1] = agency & 0xff;
    if (facts.id > this.#highestId) this.#highestId = facts.id;
    this.#unexamined += 1;
    this.#unverified += 1;
    this.#listener.onAdded(entry);
    return entry;
  }

  /** Adds a serial number that no row tells of, because a CRL or the journal names it; gives it where it is there. */
  addUnrecorded(ca: string, serial: string): StatusEntry {
    const number = this.#cas.number(ca);
    const known = this.#find(number, serial);
    if (known >= 0) return this.at(known);
    const row = this.#size;
    const { octets, octet } = this.#rows.place(row);
    const bytes = Uint8Array.fromHex(serial);
    octets.set(bytes.subarray(0, SERIAL), octet);
    octets[octet + CA] = number;
    octets[octet + LENGTH] = Math.min(bytes.length, 0xff);
    if (bytes.length !== SERIAL) this.#odd.set(row, serial);
    this.#index.add(this.#hashOfRow(row), row);
    this.#size += 1;
    return this.at(row);
  }

  /** Sets the status; returns whether it changed. */
  setStatus(entry: StatusEntry, status: CertificateStatus): boolean {
    if (sameStatus(entry.status, status)) return false;
    const { words, octets, word, octet } = this.#rows.place(entry.row);
    octets[octet + KIND] = KINDS.indexOf(status.kind);
    octets[octet + REASON] = status.kind === 'good' ? 0 : status.reason;
    words[word + REVOKED_AT] = status.kind === 'good' ? 0 : rowSeconds(status.revokedAt);
    const since = status.kind === 'good' ? undefined : status.invalidityDate;
    // 0 is none.
    words[word + INVALID_SINCE] = since ? Math.max(1, rowSeconds(since)) : 0;
    this.#listener.onChanged(entry);
    return true;
  }

  /** Sets what the examination of the octets found; `notAfter` is what they say, where they were read. */
  setGenuine(entry: StatusEntry, genuine: boolean, notAfter?: Date): void {
    const { words, octets, word, octet } = this.#rows.place(entry.row);
    const before = octets[octet + GENUINE] as number;
    const found = genuine ? 1 : 2;
    if ((before & EXAMINED) === 0) this.#unexamined -= 1;
    if ((before & FOUND) === 0) this.#unverified -= 1;
    octets[octet + GENUINE] = found | EXAMINED;
    const end = notAfter ? rowSeconds(notAfter) : words[word + NOT_AFTER];
    const isChanged = (before & FOUND) !== found || end !== words[word + NOT_AFTER];
    words[word + NOT_AFTER] = end as number;
    if (isChanged) this.#listener.onChanged(entry);
  }

  /**
   * The first row from `from` on and below `before` of a certificate whose octets were not examined since the start, and that
   * was found genuine before that or was not; -1 without.
   */
  nextUnexamined(from: number, before: number, isGenuine: boolean): number {
    for (let row = from; row < before; row += 1) {
      const { words, octets, word, octet } = this.#rows.place(row);
      const found = octets[octet + GENUINE] as number;
      if ((found & EXAMINED) === 0 && (found === 1) === isGenuine && words[word + ID] !== 0) return row;
    }
    return -1;
  }

  /** Whether a certificate has not expired, and its status may be told. */
  isAnswerable(row: number, now: number): boolean {
    const { words, octets, word, octet } = this.#rows.place(row);
    if (words[word + ID] === 0 || (words[word + NOT_AFTER] as number) * 1000 <= now) return false;
    return octets[octet + KIND] !== 0 || ((octets[octet + GENUINE] as number) & FOUND) === 1;
  }

  /** Whether the octets of a certificate were examined since the start. */
  isExamined({ row }: StatusEntry): boolean {
    const { octets, octet } = this.#rows.place(row);
    return ((octets[octet + GENUINE] as number) & EXAMINED) !== 0;
  }

  /** What the octets of the rows need to be understood again. */
  get key(): TableKey {
    return {
      size: this.#size,
      highestId: this.#highestId,
      cas: this.#cas.all(),
      profiles: this.#profiles.all(),
      agencies: this.#agencies.all(),
      odd: [...this.#odd],
    };
  }

  /** The rows as they are in memory. */
  get rows(): RowChunks {
    return this.#rows;
  }

  /** Takes rows that were kept, in place of all that is there. What was found genuine stays so, and is to be examined
   * again: whether its octets are the same (`Examiner`). Nobody is told. NOT checked: whether they are right. */
  restore(key: TableKey, rows: RowChunks): void {
    this.#rows = rows;
    this.#cas.restore(key.cas);
    this.#profiles.restore(key.profiles);
    this.#agencies.restore(key.agencies);
    this.#odd.clear();
    for (const [row, serial] of key.odd) this.#odd.set(row, serial);
    this.#size = key.size;
    this.#highestId = key.highestId;
    this.#unexamined = 0;
    this.#unverified = 0;
    this.#index.clear();
    this.#index.reserve(key.size);
    for (let row = 0; row < key.size; row += 1) {
      this.#index.add(this.#hashOfRow(row), row);
      const { words, octets, word, octet } = rows.place(row);
      // Recorded while the snapshot was written, under a name that it does not have: it will be read again.
      if ((octets[octet + PROFILE] as number) > key.profiles.length) words[word + ID] = 0;
      octets[octet + GENUINE] = (octets[octet + GENUINE] as number) & FOUND;
      if (words[word + ID] === 0) continue;
      this.#unexamined += 1;
      if (octets[octet + GENUINE] === 0) this.#unverified += 1;
    }
  }

  /** @internal What a row says, for StatusEntry. */
  read(row: number): RowFacts {
    const { words, octets, word, octet } = this.#rows.place(row);
    return {
      id: words[word + ID] as number,
      notAfter: words[word + NOT_AFTER] as number,
      revokedAt: words[word + REVOKED_AT] as number,
      invalidSince: words[word + INVALID_SINCE] as number,
      kind: KINDS[octets[octet + KIND] as number] ?? 'revoked',
      reason: octets[octet + REASON] as number,
      genuine: GENUINE_OF[(octets[octet + GENUINE] as number) & FOUND],
      ca: this.#cas.text(octets[octet + CA] as number),
      profileId: this.#profiles.text(octets[octet + PROFILE] as number),
      agencyId: this.#agencies.text((octets[octet + AGENCY] as number) * 256 + (octets[octet + AGENCY + 1] as number)),
    };
  }

  /** @internal The serial number of a row in hex. */
  serialOf(row: number): string {
    const odd = this.#odd.get(row);
    if (odd !== undefined) return odd;
    const { octets, octet } = this.#rows.place(row);
    return octets.subarray(octet, octet + SERIAL).toHex();
  }

  #find(ca: number | undefined, serial: string): number {
    if (ca === undefined) return -1;
    const bytes = Uint8Array.fromHex(serial);
    const length = Math.min(bytes.length, 0xff);
    return this.#index.find(hash(ca, bytes, 0, length), (row) => {
      const { octets, octet } = this.#rows.place(row);
      if (octets[octet + CA] !== ca || octets[octet + LENGTH] !== length) return false;
      for (let at = 0; at < SERIAL && at < length; at += 1) if (octets[octet + at] !== bytes[at]) return false;
      return length === SERIAL || this.#odd.get(row) === serial;
    });
  }

  /** Whether a row is that of a serial number of 16 octets. */
  #isAt(row: number, ca: number, serial: Uint8Array, from: number): boolean {
    const { octets, octet } = this.#rows.place(row);
    if (octets[octet + CA] !== ca || octets[octet + LENGTH] !== SERIAL) return false;
    for (let at = 0; at < SERIAL; at += 1) if (octets[octet + at] !== serial[from + at]) return false;
    return true;
  }

  #hashOfRow(row: number): number {
    const { octets, octet } = this.#rows.place(row);
    return hash(octets[octet + CA] as number, octets, octet, octets[octet + LENGTH] as number);
  }
}

/** Serial numbers are random, and only those that a CA gave get in; the mixing is for CAs that count. */
function hash(ca: number, octets: Uint8Array, from: number, length: number): number {
  let mixed = ca + 0x9e3779b9;
  for (let at = from; at < from + Math.min(length, SERIAL); at += 1)
    mixed = Math.imul(mixed ^ (octets[at] as number), 0x85ebca6b) ^ (mixed >>> 13);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0xc2b2ae35);
  return mixed ^ (mixed >>> 15);
}
