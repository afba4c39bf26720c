import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Certificate } from '@see/x509';
import type { TrustedCa } from '../trust/trusted-ca.ts';
import { examineCertificate } from './examine-certificate.ts';
import type { ExaminedOctets } from './examined-octets.ts';
import { MainThreadShare } from './main-thread-share.ts';
import type { StatusEntry } from './status-entry.ts';
import type { StatusTable } from './status-table.ts';

export interface ExaminerDeps {
  readonly table: StatusTable;
  readonly examined: ExaminedOctets;
  /** Octets of certificates by id, as far as the database has them. */
  readonly octetsOf: (ids: readonly number[]) => Promise<ReadonlyMap<number, Uint8Array>>;
  readonly caOf: (id: string) => TrustedCa | undefined;
  /** Told of every genuine certificate whose octets were not verified before. */
  readonly onGenuine: (entry: StatusEntry, certificate: Certificate) => void;
  /** Told once of every row whose octets are not a certificate of that CA with that serial number: an alarm. */
  readonly onForged: (entry: StatusEntry) => void;
  readonly onError: (error: unknown) => void;
}

/** Certificates that are read together, to be verified or to be compared alone. */
const VERIFIED_AT_ONCE = 32;
const COMPARED_AT_ONCE = 100;
/** Of them, those that are compared before others get their turn. */
const COMPARED_IN_A_TURN = 20;
/** Rows that are looked at before others get their turn. */
const SLICE = 16_384;
const WAIT_AFTER_ERROR_MS = 1_000;

/** One way through the rows of one kind. */
interface Walk {
  /** Rows below it were looked at. */
  next: number;
  /** Whether it is for those that were found genuine before the start. */
  readonly isGenuine: boolean;
  readonly atOnce: number;
}

/**
 * Reads the octets of certificates and verifies that the CA really signed them: in the background for all, at once for
 * those that somebody asks about. Until then no `good` is said of a certificate. Those that were verified before a restart
 * are read again too, after all others and in a fifth of the time, but verified only where their octets are not the same
 * any more.
 */
export class Examiner {
  readonly #deps: ExaminerDeps;
  readonly #running = new Map<number, Promise<void>>();
  readonly #verifying: Walk = { next: 0, isGenuine: false, atOnce: VERIFIED_AT_ONCE };
  readonly #comparing: Walk = { next: 0, isGenuine: true, atOnce: COMPARED_AT_ONCE };
  #draining: Promise<void> | undefined;
  #started = false;
  #closed = false;

  constructor(deps: ExaminerDeps) {
    this.#deps = deps;
  }

  /** Certificates that wait for their examination. */
  get backlog(): number {
    const { table } = this.#deps;
    const isLeft = ({ next, isGenuine }: Walk) => table.nextUnexamined(next, table.size, isGenuine) >= 0;
    return isLeft(this.#comparing) || isLeft(this.#verifying) ? table.unexamined : 0;
  }

  /** Takes a certificate up for examination in the background, which begins with `start`. */
  enqueue(entry: StatusEntry): void {
    this.#verifying.next = Math.min(this.#verifying.next, entry.row);
    this.#wake();
  }

  /** Begins the background work: once the statuses are loaded, because an examined certificate may be called good. */
  start(): void {
    this.#started = true;
    this.#wake();
  }

  /** Examines one certificate now. Returns when its `genuine` is set, or its octets are not there. Throws when the database does. */
  examine(entry: StatusEntry): Promise<void> {
    const running = this.#running.get(entry.row);
    if (running) return running;
    const work = this.#examineSome([entry]).finally(() => this.#running.delete(entry.row));
    this.#running.set(entry.row, work);
    return work;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#draining;
  }

  #wake(): void {
    if (this.#started && !this.#closed) this.#draining ??= this.#drain();
  }

  async #drain(): Promise<void> {
    const { table } = this.#deps;
    const share = new MainThreadShare();
    // What is enqueued together is examined together.
    await nextTurn();
    while (!this.#closed) {
      const walk = [this.#verifying, this.#comparing].find(({ next }) => next < table.size);
      if (!walk) break;
      share.begin();
      const from = walk.next;
      const { some, end } = this.#some(walk);
      try {
        if (some.length > 0) await this.#examineSome(some);
        else await nextTurn();
        // Rows that were enqueued meanwhile may lie before.
        if (walk.next === from) walk.next = end;
        if (walk.isGenuine) await share.rest();
      } catch (error) {
        this.#deps.onError(error);
        await new Promise((resolve) => setTimeout(resolve, WAIT_AFTER_ERROR_MS));
      }
    }
    this.#draining = undefined;
  }

  /** The next certificates of a walk, and where it goes on after them. */
  #some({ next, isGenuine, atOnce }: Walk): { readonly some: readonly StatusEntry[]; readonly end: number } {
    const { table } = this.#deps;
    const before = Math.min(table.size, next + SLICE);
    const some: StatusEntry[] = [];
    for (let from = next; some.length < atOnce; ) {
      const row = table.nextUnexamined(from, before, isGenuine);
      if (row < 0) return { some, end: before };
      some.push(table.at(row));
      from = row + 1;
    }
    return { some, end: (some.at(-1) as StatusEntry).row + 1 };
  }

  async #examineSome(entries: readonly StatusEntry[]): Promise<void> {
    const { table, examined } = this.#deps;
    const open = entries.filter((entry) => !table.isExamined(entry) && entry.id !== undefined);
    const octets = await this.#deps.octetsOf(open.map((entry) => entry.id as number));
    const others: (() => Promise<void>)[] = [];
    for (const [index, entry] of open.entries()) {
      if (index > 0 && index % COMPARED_IN_A_TURN === 0) await nextTurn();
      const der = octets.get(entry.id as number);
      const ca = this.#deps.caOf(entry.ca);
      if (!der || !ca) continue;
      if (entry.genuine && examined.isSame(entry.row, der)) table.setGenuine(entry, true);
      else others.push(() => this.#verify(entry, der, ca));
    }
    await Promise.all(others.map((verify) => verify()));
  }

  async #verify(entry: StatusEntry, der: Uint8Array, ca: TrustedCa): Promise<void> {
    const certificate = await examineCertificate(der, ca, entry.serial);
    const { table } = this.#deps;
    if (table.isExamined(entry)) return;
    table.setGenuine(entry, certificate !== undefined, certificate?.notAfter);
    if (certificate) this.#deps.onGenuine(entry, certificate);
    else this.#deps.onForged(entry);
  }
}
