import { type Database, sqlState, withTransaction } from '@see/db';
import { type ImportMaking, importChunk, refuseNextRow } from './operations/import-chunk.ts';

import type { Ra } from './ra.ts';

export interface ImportRunnerOptions extends ImportMaking, Pick<Ra, 'log'> {
  readonly db: Database;
  /** Told after each chunk that was committed. */
  readonly progressed: () => void;
}

/** Rows in one transaction. Small enough that a pause is felt and progress is seen, large enough that commits cost little. */
const CHUNK = 250;

/**
 * Works on running imports, oldest first, a chunk of rows a transaction, until none is left that no other process works
 * on. All it knows is in the database, so whatever is killed goes on with the next runner: a row and its person are
 * committed together, and no row twice. Call `wake` at the start, on each hint and at sweeps.
 */
export class ImportRunner {
  readonly #options: ImportRunnerOptions;
  #running: Promise<void> | undefined;
  #again = false;
  #closed = false;

  constructor(options: ImportRunnerOptions) {
    this.#options = options;
  }

  /** Looks for work soon, without waiting for it. */
  wake(): void {
    this.#again = true;
    this.#running ??= this.#run();
  }

  /** Waits until there is nothing more to do now. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Ends after the chunk that it is at; the rest waits for the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // Leaves the caller's stack first, so that `#running` is set before anything is done.
    await Promise.resolve();
    try {
      while (this.#again && !this.#closed) {
        this.#again = false;
        await this.#workOff();
      }
    } catch (error) {
      // Nothing of the chunk was committed; the next sweep tries again.
      this.#options.log('warn', 'an import can not go on now', { error });
    } finally {
      this.#running = undefined;
    }
  }

  async #workOff(): Promise<void> {
    let size = CHUNK;
    while (!this.#closed) {
      try {
        const found = await withTransaction(this.#options.db, (tx) => importChunk(tx, this.#options, size));
        if (!found) return;
        size = CHUNK;
      } catch (error) {
        if (!isRefusedRow(error)) throw error;
        // One of the rows is refused by the database: rows go one by one until it is found.
        if (size === 1) await withTransaction(this.#options.db, (tx) => refuseNextRow(tx, sqlState(error) ?? ''));
        size = 1;
      }
      this.#options.progressed();
    }
  }
}

/** Whether the database refused what was written (data exceptions and broken constraints), rather than being away. */
function isRefusedRow(error: unknown): boolean {
  return /^(?:22|23)/.test(sqlState(error) ?? '');
}
