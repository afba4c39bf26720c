import type { Database } from '@see/db/service';
import { readCrlNumbersFrom, readCrlNumbersUntil, readHighestCrl } from '@see/db/va';
import type { ListView } from '../status/shown-by-list.ts';
import type { TrustedCa } from '../trust/trusted-ca.ts';
import type { CrlKeeper } from './crl-keeper.ts';
import { type CrlShelf, type ShelvedCrl, viewOf } from './crl-shelf.ts';
import { CrlRefusedError } from './verify-crl.ts';

export interface CrlArchiveDeps {
  readonly db: Database;
  readonly shelf: CrlShelf;
  readonly keeper: CrlKeeper;
  /** Told of a stored CRL that was refused: an alarm. */
  readonly onRefused: (crl: string, error: unknown) => void;
}

/** How many stored lists are looked at for one that verifies and fits. */
const TRIES = 4;
/** thisUpdate has whole seconds, and a list may be read just before it is dated. */
const BEFORE_MS = 2_000;

/** Every full CRL that was ever published, from the database. What it gives was verified this time. */
export class CrlArchive {
  readonly #deps: CrlArchiveDeps;

  constructor(deps: CrlArchiveDeps) {
    this.#deps = deps;
  }

  /** The full CRL of a number; undefined where none is stored that verifies and has this number itself. */
  async read(ca: TrustedCa, number: bigint): Promise<ShelvedCrl | undefined> {
    const { db, shelf, keeper, onRefused } = this.#deps;
    const present = shelf.get(ca.id);
    if (present?.number === number) return present;
    const stored = await readHighestCrl(db, ca.id, 'full', number, number);
    if (!stored) return undefined;
    try {
      const crl = await keeper.verify(stored.der, ca, 'full', 0n);
      if (crl.number === number) return crl;
      throw new CrlRefusedError('goes-back', `CRL ${number} of ${ca.id} has the number ${crl.number}`);
    } catch (error) {
      if (!(error instanceof CrlRefusedError)) throw error;
      onRefused(`${ca.id} ${number}`, error);
      return undefined;
    }
  }

  /** The newest full CRL that had been made at a time, where it was still valid then. */
  async inForce(ca: TrustedCa, at: Date): Promise<ShelvedCrl | undefined> {
    for (const number of await readCrlNumbersUntil(this.#deps.db, ca.id, 'full', at, TRIES)) {
      const crl = await this.read(ca, number);
      if (crl && crl.thisUpdate <= at) return at < crl.nextUpdate ? crl : undefined;
    }
    return undefined;
  }

  /** What the first few full CRLs since a time, made at or before another, say of a serial number, hex. The first first. */
  async *views(ca: TrustedCa, serial: string, since: Date, until: Date): AsyncGenerator<ListView, void, undefined> {
    for (const number of await readCrlNumbersFrom(this.#deps.db, ca.id, 'full', since, TRIES)) {
      const crl = await this.read(ca, number);
      if (crl && crl.thisUpdate <= until) yield viewOf(crl, serial);
    }
  }

  /** The first full CRL that lists a serial number, hex, since a time; undefined where none of the first few does. */
  async firstListing(ca: TrustedCa, serial: string, since: Date): Promise<ShelvedCrl | undefined> {
    const from = new Date(since.getTime() - BEFORE_MS);
    for (const number of await readCrlNumbersFrom(this.#deps.db, ca.id, 'full', from, TRIES)) {
      const crl = await this.read(ca, number);
      if (crl?.entries.find(serial)) return crl;
    }
    return undefined;
  }
}
