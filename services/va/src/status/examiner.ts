import type { Database } from '@see/db/service';
import { readCertificateOctets } from '@see/db/va';
import type { Certificate } from '@see/x509';
import type { TrustedCa } from '../trust/trusted-ca.ts';
import { examineCertificate } from './examine-certificate.ts';
import type { ExaminedOctets } from './examined-octets.ts';
import type { StatusEntry } from './status-entry.ts';
import type { StatusTable } from './status-table.ts';

export interface ExaminerDeps {
  readonly db: Database;
  readonly table: StatusTable;
  readonly examined: ExaminedOctets;
  readonly caOf: (id: string) => TrustedCa | undefined;
  /** Told of every genuine certificate whose octets were not verified before. */
  readonly onGenuine: (entry: StatusEntry, certificate: Certificate) => void;
  /** Told once of every row whose octets are not a certificate of that CA with that serial number: an alarm. */
  readonly onForged: (entry: StatusEntry) => void;
  readonly onError: (error: unknown) => void;
}

const AT_ONCE = 32;
/** Certificates whose octets are only compared. */
const COMPARED_AT_ONCE = 200;
const WAIT_AFTER_ERROR_MS = 1_000;

/**
 * Reads the octets of certificates and verifies that the CA really signed them: in the background for all, at once for
 * those that somebody asks about. Until then no `good` is said of a certificate. Those that were verified before a restart
 * are read again too, but verified only where their octets are not the same any more.
 */
export class Examiner {
  readonly #deps: ExaminerDeps;
  readonly #running = new Map<number, Promise<void>>();
  /** Rows below it were looked at. */
  #next = 0;
  #draining: Promise<void> | undefined;
  #started = false;
  #closed = false;

  constructor(deps: ExaminerDeps) {
    this.#deps = deps;
  }

  /** Certificates that wait for their examination. */
  get backlog(): number {
    const { table } = this.#deps;
    return table.nextUnexamined(this.#next) < 0 ? 0 : table.unexamined;
  }

  /** Takes a certificate up for examination in the background, which begins with `start`. */
  enqueue(entry: StatusEntry): void {
    this.#next = Math.min(this.#next, entry.row);
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
    // What is enqueued together is examined together.
    await new Promise((resolve) => setImmediate(resolve));
    while (!this.#closed) {
      const some = this.#some();
      const last = some.at(-1);
      if (!last) break;
      const from = this.#next;
      try {
        await this.#examineSome(some);
        // Rows that were enqueued meanwhile may lie before.
        if (this.#next === from) this.#next = last.row + 1;
      } catch (error) {
        this.#deps.onError(error);
        await new Promise((resolve) => setTimeout(resolve, WAIT_AFTER_ERROR_MS));
      }
    }
    this.#draining = undefined;
  }

  #some(): StatusEntry[] {
    const { table } = this.#deps;
    const some: StatusEntry[] = [];
    for (let row = table.nextUnexamined(this.#next); row >= 0; row = table.nextUnexamined(row + 1)) {
      const entry = table.at(row);
      if (some.length >= (entry.genuine ? COMPARED_AT_ONCE : AT_ONCE)) break;
      some.push(entry);
    }
    return some;
  }

  async #examineSome(entries: readonly StatusEntry[]): Promise<void> {
    const { table, examined } = this.#deps;
    const open = entries.filter((entry) => !table.isExamined(entry) && entry.id !== undefined);
    const octets = await readCertificateOctets(
      this.#deps.db,
      open.map((entry) => entry.id as number),
    );
    await Promise.all(
      open.map(async (entry) => {
        const der = octets.get(entry.id as number);
        const ca = this.#deps.caOf(entry.ca);
        if (!der || !ca) return;
        if (entry.genuine && examined.isSame(entry.row, der)) table.setGenuine(entry, true);
        else this.#conclude(entry, await examineCertificate(der, ca, entry.serial));
      }),
    );
  }

  #conclude(entry: StatusEntry, certificate: Certificate | undefined): void {
    const { table } = this.#deps;
    if (table.isExamined(entry)) return;
    table.setGenuine(entry, certificate !== undefined, certificate?.notAfter);
    if (certificate) this.#deps.onGenuine(entry, certificate);
    else this.#deps.onForged(entry);
  }
}
