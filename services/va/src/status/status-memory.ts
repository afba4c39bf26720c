import type { CertificateStatus } from '@see/domain';
import type { Remembered } from './effective-status.ts';
import type { JournalEntry } from './journal-line.ts';
import { type StatusEntry, sameStatus } from './status-entry.ts';
import type { StatusJournal } from './status-journal.ts';
import type { StatusTable } from './status-table.ts';

const PAGE = 500;
/** Rows that are looked at for a page. */
const SLICE = 4_096;

/** A serial number and what is remembered of it. */
export interface RememberedSerial {
  readonly ca: string;
  readonly serial: string;
  readonly standing: Remembered;
}

/**
 * What this process has ever seen revoked or held, and the highest CRL numbers: the database can not make it forget. It is
 * the table itself, with the ids of the holds that stand; each change goes into the journal, and is durable once that has
 * settled.
 */
export class StatusMemory {
  readonly #table: StatusTable;
  readonly #journal: StatusJournal;
  readonly #holds = new Map<number, number>();
  readonly #crlNumbers = new Map<string, bigint>();

  constructor(table: StatusTable, journal: StatusJournal) {
    this.#table = table;
    this.#journal = journal;
  }

  /** Takes what the journal had: after a snapshot, of which it is the continuation. */
  replay(): void {
    for (const entry of this.#journal.entries) this.#apply(entry);
  }

  /** What is remembered of a certificate; undefined for one that is good. */
  get(entry: StatusEntry): Remembered | undefined {
    const { status } = entry;
    if (status.kind === 'good') return undefined;
    const holdId = this.#holds.get(entry.row);
    return { ...status, ...(holdId === undefined ? {} : { holdId }) };
  }

  /** Everything that stands, in no order, in pages: some are empty, so that whoever waits between them does so in time. */
  *standings(): Generator<readonly RememberedSerial[]> {
    let page: RememberedSerial[] = [];
    for (const entry of this.#table.entries()) {
      const standing = this.get(entry);
      if (standing) page.push({ ca: entry.ca, serial: entry.serial, standing });
      if (page.length < PAGE && entry.row % SLICE !== 0) continue;
      yield page;
      page = [];
    }
    yield page;
  }

  /** The highest number seen of a list, as `crlList` names it; 0 before the first. */
  crlNumber(list: string): bigint {
    return this.#crlNumbers.get(list) ?? 0n;
  }

  /**
   * Sets the status of a certificate and remembers it. Revoked is never replaced by a hold or by good, and a hold only by
   * one with a higher id: else whoever writes the database could show an earlier, released hold in place of the one that
   * stands. That a hold was released the caller has verified.
   */
  keep(entry: StatusEntry, status: CertificateStatus, holdId?: number): void {
    const known = this.get(entry);
    if (status.kind === 'good') {
      if (known?.kind !== 'held') return;
      this.#note({ kind: 'released', ca: entry.ca, serial: entry.serial });
      return;
    }
    const standing: Remembered = { ...status, ...(holdId === undefined ? {} : { holdId }) };
    if (known && known.holdId === holdId && sameStatus(known, status)) return;
    if (known && standing.kind === 'held' && !supersedes(standing, known)) return;
    this.#note({ kind: 'standing', ca: entry.ca, serial: entry.serial, standing });
  }

  /** Remembers a CRL number; a lower one changes nothing. */
  rememberCrl(list: string, number: bigint): void {
    if (number > this.crlNumber(list)) this.#note({ kind: 'crl', list, number });
  }

  /** Returns when everything remembered so far is durable. What could not be written is tried again at the next call. */
  settle(): Promise<void> {
    return this.#journal.settle();
  }

  /** What a snapshot keeps of it besides the table. */
  get kept(): KeptMemory {
    return { holds: [...this.#holds], crls: [...this.#crlNumbers].map(([list, number]) => [list, String(number)]) };
  }

  /** Takes what a snapshot kept. */
  restore({ holds, crls }: KeptMemory): void {
    for (const [row, holdId] of holds) this.#holds.set(row, holdId);
    for (const [list, number] of crls) this.#crlNumbers.set(list, BigInt(number));
  }

  #note(entry: JournalEntry): void {
    this.#apply(entry);
    this.#journal.note(entry);
  }

  #apply(entry: JournalEntry): void {
    if (entry.kind === 'crl') {
      if (entry.number > this.crlNumber(entry.list)) this.#crlNumbers.set(entry.list, entry.number);
      return;
    }
    const row = this.#table.addUnrecorded(entry.ca, entry.serial);
    if (entry.kind === 'released') {
      this.#holds.delete(row.row);
      if (row.status.kind === 'held') this.#table.setStatus(row, { kind: 'good' });
      return;
    }
    const { holdId, ...status } = entry.standing;
    if (row.status.kind === 'revoked' && status.kind === 'held') return;
    if (holdId === undefined) this.#holds.delete(row.row);
    else this.#holds.set(row.row, holdId);
    this.#table.setStatus(row, status);
  }
}

/** The part of the memory that is not in the table. */
export interface KeptMemory {
  readonly holds: readonly (readonly [row: number, holdId: number])[];
  readonly crls: readonly (readonly [list: string, number: string])[];
}

function supersedes(hold: Remembered, known: Remembered): boolean {
  return known.kind === 'held' && hold.holdId !== undefined && known.holdId !== undefined && hold.holdId > known.holdId;
}
