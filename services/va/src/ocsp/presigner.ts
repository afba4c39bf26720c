import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { DerReader } from '@see/asn1';
import { readCertId } from '@see/ocsp';
import type { StatusTable } from '../status/status-table.ts';
import type { IssuerIndex } from '../trust/issuer-index.ts';
import type { SharedAnswers } from './shared-answers.ts';
import type { SignatureTable } from './signature-table.ts';
import { TryLaterError } from './work-queue.ts';

export interface PresignerDeps {
  readonly table: StatusTable;
  readonly signatures: SignatureTable;
  readonly answers: SharedAnswers;
  /** Undefined until the CA certificates are verified. */
  readonly issuers: () => IssuerIndex | undefined;
  /** Whether everything is loaded and current, so that an answer signed now lasts. */
  readonly isCurrent: () => boolean;
  /** Whether somebody waits for a signature: then it waits too. */
  readonly isBusy: () => boolean;
  readonly now: () => Date;
  /** How long an answer is valid, in milliseconds. */
  readonly validity: number;
  readonly onError: (error: unknown) => void;
}

/** The hash that clients ask with unless told otherwise (openssl, Windows, Java, NSS, GnuTLS). */
const HASH = 'sha1';
/** Signings at once; the others of the thread pool are for those who wait. */
const LANES = 2;
/** Rows that are looked at before others get their turn. */
const SLICE = 4_096;
const PAUSE_MS = 1_000;
/** Twenty times what looking at a row takes, so that looking takes a twentieth of the time however many rows there are. */
const PAUSE_PER_ROW_MS = 0.002;
const BUSY_MS = 20;
/** Parts of an answer's life after which it is signed anew: before half (REV-24), and not all at once. */
const EARLIEST = 0.36;
const SPREAD = 0.1;
const MOST_FAILURES = 1_000;

/**
 * Signs the answer about every certificate that has not expired, before somebody asks and before half of the last one's
 * life is over. Each certificate has its own moment within a tenth of that life, so that what was signed together is not
 * signed anew together.
 */
export class Presigner {
  readonly #deps: PresignerDeps;
  /** Rows whose answer could not be made; said once. */
  readonly #failed = new Set<number>();
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;

  constructor(deps: PresignerDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#running ??= this.#run().catch((error: unknown) => {
      if (!this.#closing.signal.aborted) this.#deps.onError(error);
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      if (this.#deps.isCurrent()) await this.#pass();
      await wait(Math.max(PAUSE_MS, this.#deps.table.size * PAUSE_PER_ROW_MS), undefined, { signal });
    }
  }

  /** Goes through all rows once. */
  async #pass(): Promise<void> {
    const { table, isBusy, isCurrent, now } = this.#deps;
    const { signal } = this.#closing;
    const lanes = new Set<Promise<void>>();
    let time = 0;
    for (let row = 0; row < table.size && !signal.aborted; row += 1) {
      if (row % SLICE === 0) {
        await nextTurn();
        time = now().getTime();
      }
      if (!this.#isDue(row, time)) continue;
      while (isBusy()) await wait(BUSY_MS, undefined, { signal });
      if (!isCurrent()) break;
      const lane = this.#sign(row).finally(() => lanes.delete(lane));
      lanes.add(lane);
      if (lanes.size >= LANES) await Promise.race(lanes);
    }
    await Promise.all(lanes);
  }

  #isDue(row: number, time: number): boolean {
    const { table, signatures, validity } = this.#deps;
    if (!table.isAnswerable(row, time) || this.#failed.has(row)) return false;
    const age = time - signatures.producedAt(row) * 1000;
    return age >= validity * (EARLIEST + SPREAD * momentOf(row));
  }

  async #sign(row: number): Promise<void> {
    const { table, answers, issuers } = this.#deps;
    const { ca, serial } = table.at(row);
    const index = issuers();
    const der = index?.certIdOf(ca, HASH, Uint8Array.fromHex(serial));
    if (!index || !der) return;
    try {
      const id = readCertId(DerReader.of(der));
      const trusted = index.find(id);
      if (trusted) await answers.signAhead(trusted, id);
    } catch (error) {
      // There is no delegate yet, or the database has gone: the next pass finds it due again.
      if (error instanceof TryLaterError) return;
      if (this.#failed.size < MOST_FAILURES) this.#failed.add(row);
      this.#deps.onError(error);
    }
  }
}

/** A number from 0 to 1 for each row, spread evenly over neighbours. */
function momentOf(row: number): number {
  return (row * 0.618_033_988_749_895) % 1;
}
