import type { Database } from '@see/db/service';
import { readCrlHeads, readHighestCrl } from '@see/db/va';
import type { CrlScope } from '@see/issuance/crl-scope';
import { crlUrl } from '@see/issuance/pointers';
import type { StatusMemory } from '../status/status-memory.ts';
import type { TrustedCa } from '../trust/trusted-ca.ts';
import { CrlFiles } from './crl-files.ts';
import { crlList, readScope } from './crl-list.ts';
import type { CrlShelf, ShelvedCrl } from './crl-shelf.ts';
import { verifyCrl } from './verify-crl.ts';

export interface CrlKeeperDeps {
  readonly shelf: CrlShelf;
  readonly memory: StatusMemory;
  /** Where the last good CRLs are kept. */
  readonly folder: string;
  /** Our public URL; undefined before the authority was read. */
  readonly vaUrl: () => string | undefined;
  readonly now: () => Date;
  /** Told of a stored CRL that was refused: an alarm. */
  readonly onRefused: (crl: string, error: unknown) => void;
  /** The last good CRL could not be kept on the disk. */
  readonly onDiskError: (error: unknown) => void;
}

/** How far down the numbers it looks for one that verifies. */
const TRIES = 5;

/** Brings verified CRLs to the shelf and keeps the last good ones on the disk, so that they outlive database and restart. */
export class CrlKeeper {
  readonly #deps: CrlKeeperDeps;
  readonly #files: CrlFiles;
  readonly #refused = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(deps: CrlKeeperDeps) {
    this.#deps = deps;
    this.#files = new CrlFiles(deps.folder);
  }

  /** Takes the CRLs that the disk has of a CA, as far as they verify. */
  async restore(ca: TrustedCa): Promise<void> {
    for (const scope of this.#files.scopes(ca.id)) {
      try {
        this.#shelve(await this.verify(this.#files.read(ca.id, scope), ca, scope, 0n));
      } catch (error) {
        this.#deps.onRefused(`${crlList(ca.id, scope)} on the disk`, error);
      }
    }
  }

  /**
   * Looks for newer CRLs of a CA in the database, of every scope that there is. Octets are read of those alone whose number has
   * risen. One that does not verify is passed over for the next lower number. One CA at a time, whoever asks.
   */
  refresh(db: Database, ca: TrustedCa): Promise<void> {
    const run = this.#last.catch(() => undefined).then(() => this.#refresh(db, ca));
    this.#last = run;
    return run;
  }

  async #refresh(db: Database, ca: TrustedCa): Promise<void> {
    const heads = await readCrlHeads(db, ca.id);
    // A delta stands on a full list: that one comes first.
    for (const wanted of [true, false]) {
      for (const { scope: text, number } of heads) {
        const scope = readScope(text);
        if (scope && (scope === 'full') === wanted) await this.#renew(db, ca, scope, number);
      }
    }
  }

  /** Verifies a CRL of a CA as one that could be published now. Throws CrlRefusedError. */
  verify(der: Uint8Array, ca: TrustedCa, scope: CrlScope, atLeast: bigint): Promise<ShelvedCrl> {
    const { shelf, vaUrl, now } = this.#deps;
    const address = crlUrl(vaUrl() ?? '', ca.id, scope);
    return verifyCrl(der, { ca, scope, atLeast, address, now: now(), newestFull: shelf.get(ca.id)?.number });
  }

  async #renew(db: Database, ca: TrustedCa, scope: CrlScope, highest: bigint): Promise<void> {
    const { shelf, memory } = this.#deps;
    const list = crlList(ca.id, scope);
    const present = shelf.get(ca.id, scope);
    const remembered = memory.crlNumber(list);
    const atLeast = present && present.number >= remembered ? present.number + 1n : remembered;
    for (let [tries, atMost] = [0, highest]; tries < TRIES && atMost >= atLeast; tries += 1) {
      const stored = await readHighestCrl(db, ca.id, scope, atLeast, atMost);
      if (!stored) return;
      try {
        this.#shelve(await this.verify(stored.der, ca, scope, atLeast));
      } catch (error) {
        this.#report(`${list} ${stored.number}`, error);
        atMost = stored.number - 1n;
        continue;
      }
      await this.#keep(ca.id, scope, stored.der);
      return;
    }
  }

  #shelve(crl: ShelvedCrl): void {
    if (this.#deps.shelf.put(crl)) this.#deps.memory.rememberCrl(crlList(crl.ca, crl.scope), crl.number);
  }

  async #keep(ca: string, scope: CrlScope, der: Uint8Array): Promise<void> {
    try {
      await this.#files.write(ca, scope, der);
    } catch (error) {
      this.#deps.onDiskError(error);
    }
  }

  /** Each bad row is reported once, not at every sweep. */
  #report(row: string, error: unknown): void {
    if (this.#refused.has(row)) return;
    this.#refused.add(row);
    this.#deps.onRefused(row, error);
  }
}
