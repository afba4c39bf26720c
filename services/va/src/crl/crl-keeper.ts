import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '@see/db';
import { readNewestCrls, type StoredCrl } from '@see/db/va';
import { durableWrite } from '@see/keys';
import type { StatusMemory } from '../status/status-memory.ts';
import type { TrustedCa } from '../trust/trusted-ca.ts';
import type { CrlShelf, ShelvedCrl } from './crl-shelf.ts';
import { verifyCrl } from './verify-crl.ts';

export interface CrlKeeperDeps {
  readonly shelf: CrlShelf;
  readonly memory: StatusMemory;
  /** Where the last good CRLs are kept. */
  readonly folder: string;
  readonly now: () => Date;
  /** Told of a stored CRL that was refused: an alarm. */
  readonly onRefused: (crl: string, error: unknown) => void;
  /** The last good CRL could not be kept on the disk. */
  readonly onDiskError: (error: unknown) => void;
}

/** How far down the numbers it looks for one that verifies. */
const TRIES = 5;

/** Brings verified CRLs to the shelf and keeps the last good one on the disk, so that it outlives database and restart. */
export class CrlKeeper {
  readonly #deps: CrlKeeperDeps;
  readonly #refused = new Set<string>();

  constructor(deps: CrlKeeperDeps) {
    this.#deps = deps;
  }

  /** Takes the CRL that the disk has of a CA, if it has one that verifies. */
  async restore(ca: TrustedCa): Promise<void> {
    const path = this.#path(ca.id);
    if (!existsSync(path)) return;
    try {
      this.#shelve(await verifyCrl(new Uint8Array(readFileSync(path)), ca, 0n, this.#deps.now()));
    } catch (error) {
      this.#deps.onRefused(`${ca.id} on the disk`, error);
    }
  }

  /** Looks for a newer CRL of a CA in the database. One that does not verify is passed over for the next lower number. */
  async refresh(db: Database, ca: TrustedCa): Promise<void> {
    const { shelf, memory, now } = this.#deps;
    const present = shelf.get(ca.id);
    const atLeast =
      present && present.number >= memory.crlNumber(ca.id) ? present.number + 1n : memory.crlNumber(ca.id);
    for (const stored of await this.#candidates(db, ca.id, atLeast)) {
      try {
        this.#shelve(await verifyCrl(stored.der, ca, atLeast, now()));
      } catch (error) {
        this.#report(ca.id, stored.number, error);
        continue;
      }
      this.#keep(ca.id, stored.der);
      return;
    }
  }

  async #candidates(db: Database, ca: string, atLeast: bigint): Promise<StoredCrl[]> {
    try {
      return await readNewestCrls(db, ca, 'full', Number(atLeast), TRIES);
    } catch (error) {
      // A row whose number no CRL of ours can have must not keep us from everything else.
      if (!(error instanceof RangeError)) throw error;
      this.#report(ca, Number.POSITIVE_INFINITY, error);
      return [];
    }
  }

  #shelve(crl: ShelvedCrl): void {
    if (this.#deps.shelf.put(crl)) this.#deps.memory.rememberCrl(crl.ca, crl.number);
  }

  #keep(ca: string, der: Uint8Array): void {
    try {
      durableWrite(this.#path(ca), der);
    } catch (error) {
      this.#deps.onDiskError(error);
    }
  }

  /** Each bad row is reported once, not at every sweep. */
  #report(ca: string, number: number, error: unknown): void {
    const key = `${ca} ${number}`;
    if (this.#refused.has(key)) return;
    this.#refused.add(key);
    this.#deps.onRefused(key, error);
  }

  #path(ca: string): string {
    return join(this.#deps.folder, `${ca}.crl`);
  }
}
