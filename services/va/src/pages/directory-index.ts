import { hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Certificate, parseCertificate } from '@see/x509';
import type { ExaminedOctets } from '../status/examined-octets.ts';
import { SerialIndex } from '../status/serial-index.ts';
import type { StatusEntry } from '../status/status-entry.ts';
import type { StatusTable } from '../status/status-table.ts';
import type { DirectoryListing } from './directory-listing.ts';
import { type DirectoryRecord, directoryRecord, HASH_ATTRIBUTES, type HashAttribute } from './directory-record.ts';
import { KeyIndex } from './key-index.ts';

export interface DirectoryIndexDeps {
  readonly table: StatusTable;
  readonly examined: ExaminedOctets;
  readonly listing: DirectoryListing;
  /** The octets of certificates by id. Rejects when the database is away. */
  readonly octetsOf: (ids: readonly number[]) => Promise<ReadonlyMap<number, Uint8Array>>;
  /** Octets that were verified are gone or others now: an alarm. */
  readonly onDamaged: (entry: StatusEntry) => void;
}

/** A certificate in the directory, with its verified octets. */
export interface DirectoryCertificate {
  readonly record: DirectoryRecord;
  readonly der: Uint8Array;
}

/** Attributes that find only what mail can be encrypted to now. */
export type NameAttribute = 'mail' | 'name';

/** Octets of a certificate that are not those that were verified. */
export class DirectoryDamage extends Error {
  override readonly name = 'DirectoryDamage';
}

/** Octets that are read at once. */
const AT_ONCE = 20;
const MANY_AT_ONCE = 500;
/** Rows that are looked at before others get their turn. */
const SLICE = 16_384;

/**
 * Genuine certificates by the search keys of RFC 4387. Kept are fingerprints of the keys by row, about 40 octets a
 * certificate; what is answered is read from the database when it is asked for. Checked when a certificate is examined: the
 * CA's signature. Checked at each search: that the octets are those that were verified then (`ExaminedOctets`) and have the
 * key that was asked for, so that equal fingerprints give no wrong answer. Rows of the database only say which encryption
 * certificates wait for their holder or have been replaced (`DirectoryListing`).
 */
export class DirectoryIndex {
  readonly #deps: DirectoryIndexDeps;
  readonly #keys = new KeyIndex();
  /** Rows of encryption certificates by id. */
  readonly #byId: SerialIndex;
  readonly #cas = new Map<string, DirectoryCertificate & { readonly ca: string }>();

  constructor(deps: DirectoryIndexDeps) {
    this.#deps = deps;
    this.#byId = new SerialIndex((row) => hashOfId(deps.table.at(row).id ?? 0));
  }

  /** Octets of memory that it takes. */
  get bytes(): number {
    return this.#keys.bytes + this.#byId.bytes;
  }

  /** What a snapshot keeps of it. */
  get runs(): readonly Uint32Array[] {
    return this.#keys.runs;
  }

  /** Adds a certificate of an issuing CA whose octets were verified. */
  add(entry: StatusEntry, certificate: Certificate): void {
    const record = directoryRecord(certificate);
    this.#deps.examined.keep(entry.row, certificate.der, { ...record, notBefore: certificate.notBefore });
    // Of those with one issuer the rows are asked: there may be millions.
    for (const attribute of HASH_ATTRIBUTES)
      if (attribute !== 'iHash') this.#put(attribute, record.keys[attribute], entry.row);
    for (const mail of record.mails) this.#put('mail', mail, entry.row);
    if (!record.encrypts) return;
    this.#put('name', record.commonName, entry.row);
    this.#takeUp(entry);
  }

  /** Adds a CA's certificate, which hashes find. */
  addCa(ca: string, certificate: Certificate): void {
    const record = directoryRecord(certificate);
    this.#cas.set(record.sha256, { ca, record, der: certificate.der });
  }

  /** Takes what a snapshot kept, after the table and the examined octets. `resume` does the rest. */
  restore(runs: readonly Uint32Array<ArrayBuffer>[]): void {
    this.#keys.restore(runs);
  }

  /** Takes up what a snapshot kept of encryption certificates. Until then none of them is offered. */
  async resume(): Promise<void> {
    const { table, examined } = this.#deps;
    for (let row = 0; row < table.size; row += 1) {
      if (row % SLICE === 0) await nextTurn();
      if (examined.encrypts(row) && table.at(row).genuine === true) this.#takeUp(table.at(row));
    }
  }

  /**
   * The first `most` certificates with this hash; by the hash of the issuer only CAs that are valid now and what mail can be
   * encrypted to now, because that could be everything. Rejects with DirectoryDamage, or when the database is away.
   */
  async byHash(attribute: HashAttribute, key: string, now: number, most: number): Promise<DirectoryCertificate[]> {
    const cas = [...this.#cas.values()].filter(({ record }) => record.keys[attribute] === key);
    if (attribute !== 'iHash') {
      const rows = this.#rows(attribute, key);
      return [...cas, ...(await this.#first(rows, most, ({ keys }) => keys[attribute] === key))].slice(0, most);
    }
    const issuer = [...this.#cas.values()].find(({ record }) => record.keys.sHash === key);
    const rows = issuer ? this.#encrypting(issuer.ca, now) : [];
    const current = cas.filter(({ record }) => record.notBefore <= now && now <= record.notAfter);
    return [...current, ...(await this.#first(rows, most, ({ keys }) => keys.iHash === key))].slice(0, most);
  }

  /** The first `most` certificates that mail is to be encrypted to now and that are `wanted`, the newest first. Rejects as `byHash`. */
  async current(
    attribute: NameAttribute,
    value: string,
    now: number,
    most: number,
    wanted: (record: DirectoryRecord) => boolean,
  ): Promise<DirectoryCertificate[]> {
    const { examined } = this.#deps;
    const rows = this.#newestFirst(attribute, value, now).filter((row) => examined.encrypts(row));
    return this.#first(
      rows,
      most,
      (record) => (attribute === 'mail' ? record.mails.includes(value) : record.commonName === value) && wanted(record),
    );
  }

  /**
   * Certificates with each of these mail addresses that are valid now and, if for encryption, offered; the newest first.
   * Rejects as `byHash`.
   */
  async withMails(
    mails: readonly string[],
    now: number,
  ): Promise<ReadonlyMap<string, readonly DirectoryCertificate[]>> {
    const rowsOf = new Map(mails.map((mail) => [mail, this.#newestFirst('mail', mail, now)]));
    const read = await this.#readAll([...new Set([...rowsOf.values()].flat())]);
    const found = mails.map((mail) => {
      const ones = (rowsOf.get(mail) ?? []).flatMap((row) => read.get(row) ?? []);
      return [mail, ones.filter(({ record }) => record.mails.includes(mail))] as const;
    });
    return new Map(found);
  }

  #newestFirst(attribute: NameAttribute, value: string, now: number): number[] {
    const { examined } = this.#deps;
    return this.#rows(attribute, value)
      .filter((row) => this.#isOffered(row, now))
      .sort((one, other) => examined.notBefore(other) - examined.notBefore(one));
  }

  *#encrypting(ca: string, now: number): Generator<number> {
    const { table, examined } = this.#deps;
    for (let row = 0; row < table.size; row += 1)
      if (examined.encrypts(row) && table.at(row).ca === ca && this.#isOffered(row, now)) yield row;
  }

  /** Whether a certificate is valid and not revoked now, and for encryption the one that is to be used. */
  #isOffered(row: number, now: number): boolean {
    const { table, examined, listing } = this.#deps;
    const { id } = table.at(row);
    if (id === undefined || !this.#isCurrent(row, now)) return false;
    return !examined.encrypts(row) || listing.isListed(id, (other) => this.#isGood(other, now));
  }

  #isCurrent(row: number, now: number): boolean {
    const { table, examined } = this.#deps;
    const { genuine, notAfter = 0, status } = table.at(row);
    return genuine === true && examined.notBefore(row) <= now && now <= notAfter && status.kind === 'good';
  }

  #isGood(id: number, now: number): boolean {
    const row = this.#byId.find(hashOfId(id), (one) => this.#deps.table.at(one).id === id);
    return row >= 0 && this.#isCurrent(row, now);
  }

  async #first(
    rows: Iterable<number>,
    most: number,
    is: (record: DirectoryRecord) => boolean,
  ): Promise<DirectoryCertificate[]> {
    const found: DirectoryCertificate[] = [];
    const source = Iterator.from(rows);
    while (found.length < most) {
      const some: number[] = [];
      for (let next = source.next(); !next.done; next = source.next()) if (some.push(next.value) === AT_ONCE) break;
      if (some.length === 0) break;
      for (const one of (await this.#read(some)).values()) if (is(one.record)) found.push(one);
    }
    return found.slice(0, most);
  }

  async #readAll(rows: readonly number[]): Promise<ReadonlyMap<number, DirectoryCertificate>> {
    const read = new Map<number, DirectoryCertificate>();
    for (let from = 0; from < rows.length; from += MANY_AT_ONCE)
      for (const [row, one] of await this.#read(rows.slice(from, from + MANY_AT_ONCE))) read.set(row, one);
    return read;
  }

  /** Certificates by row, in the order of the rows; each as it was verified. */
  async #read(rows: readonly number[]): Promise<Map<number, DirectoryCertificate>> {
    const { table, examined, octetsOf, onDamaged } = this.#deps;
    const entries = rows.map((row) => table.at(row)).filter(({ genuine }) => genuine === true);
    const octets = await octetsOf(entries.flatMap(({ id }) => (id === undefined ? [] : [id])));
    const read = new Map<number, DirectoryCertificate>();
    for (const entry of entries) {
      const der = octets.get(entry.id ?? 0);
      if (!der || !examined.isSame(entry.row, der)) {
        onDamaged(entry);
        throw new DirectoryDamage('a certificate of the directory is not what was verified');
      }
      read.set(entry.row, { record: directoryRecord(parseCertificate(der)), der });
    }
    return read;
  }

  #takeUp(entry: StatusEntry): void {
    const { id, row } = entry;
    if (id === undefined) return;
    this.#byId.add(hashOfId(id), row);
    this.#deps.listing.add(id);
  }

  #put(attribute: HashAttribute | NameAttribute, value: string | undefined, row: number): void {
    if (value !== undefined) this.#keys.add(fingerprint(attribute, value), row);
  }

  #rows(attribute: HashAttribute | NameAttribute, value: string): number[] {
    return this.#keys.rows(fingerprint(attribute, value)).filter((row) => row < this.#deps.table.size);
  }
}

function fingerprint(attribute: string, value: string): number {
  return hash('sha256', `${attribute}\0${value}`, 'buffer').readUInt32LE();
}

function hashOfId(id: number): number {
  return Math.imul(id, 0x9e3779b1);
}
