import type { Database } from '@see/db';
import { readCas, readRootCrl } from '@see/db/ra';
import { type ClientCa, type StoredHierarchy, trustedClientCas } from './client-ca.ts';

/** How long what was read is believed without a hint, in milliseconds: ceremonies are rare, and a revoked CA is on a root CRL. */
const FRESH = 30_000;

/** The client CAs, verified anew at each look and re-read every half minute and on a hint of `see_chain`. */
export class ClientCaBook {
  readonly #db: Database;
  readonly #rootFingerprint: string;
  readonly #now: () => Date;
  #stored: StoredHierarchy | undefined;
  #cas: readonly ClientCa[] = [];
  #readAt = 0;

  constructor(db: Database, rootFingerprint: string, now: () => Date) {
    this.#db = db;
    this.#rootFingerprint = rootFingerprint;
    this.#now = now;
  }

  async refresh(): Promise<void> {
    const [cas, rootCrl] = await Promise.all([readCas(this.#db), readRootCrl(this.#db)]);
    this.#stored = { cas, rootCrl };
    this.#readAt = this.#now().getTime();
    this.#verify();
  }

  /** Those that hold now. A new list is another array, so what was concluded from the one before can be dropped. */
  async trusted(): Promise<readonly ClientCa[]> {
    if (Math.abs(this.#now().getTime() - this.#readAt) > FRESH) await this.refresh();
    return this.#cas;
  }

  #verify(): void {
    this.#cas = this.#stored ? trustedClientCas(this.#stored, this.#rootFingerprint, this.#now()) : [];
  }
}
