import { setImmediate } from 'node:timers/promises';
import { type AuthorityFollower, type Database, readStatements } from '@see/db/service';
import {
  findSerial,
  readCertificateFacts,
  readCertificateFactsAfter,
  readCertificatesWithEvents,
  readEventsOf,
  type SerialFacts,
} from '@see/db/va';
import type { HoldFacts, RevocationEvent } from '@see/domain';
import { effectiveStatus, type Remembered } from './effective-status.ts';
import { isShown, type ListView } from './shown-by-list.ts';
import type { StatusEntry } from './status-entry.ts';
import { type Judgement, judgeEvents } from './status-judge.ts';
import type { RememberedSerial, StatusMemory } from './status-memory.ts';
import type { StatusTable } from './status-table.ts';

export interface StatusKeeperDeps {
  readonly db: Database;
  readonly authority: AuthorityFollower;
  readonly table: StatusTable;
  readonly memory: StatusMemory;
  /** Ids of the issuing CAs. */
  readonly cas: () => ReadonlySet<string>;
  /** What the newest verified CRLs of the CA say. */
  readonly listed: (ca: string, serial: string) => readonly Remembered[];
  /** The newest verified full CRL of the CA, and what it says. */
  readonly fullList: (ca: string, serial: string) => ListView | undefined;
  /** The journal could not be written: the status counts, but may be forgotten. */
  readonly onJournalError: (error: unknown) => void;
  /** A revocation or hold that is remembered is gone from the database: an alarm. */
  readonly onVanished: (entry: StatusEntry) => void;
}

const FACTS_AT_ONCE = 20_000;
const EVENTS_AT_ONCE = 500;
const STRICTNESS = { good: 0, held: 1, revoked: 2 } as const;
const NOTHING: Judgement = { status: { kind: 'good' }, releases: [], holdId: undefined, uncounted: false };

/**
 * Keeps the table at what the database, the CRLs and the journal say together. One evaluation runs at a time, so that
 * an older reading of the rows never overwrites a newer one.
 */
export class StatusKeeper {
  readonly #deps: StatusKeeperDeps;
  readonly #uncounted = new Set<number>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(deps: StatusKeeperDeps) {
    this.#deps = deps;
  }

  /** Certificates that have events whose statements do not hold, under the present authority or as a list shows. */
  get uncounted(): ReadonlySet<number> {
    return this.#uncounted;
  }

  /** Takes what a snapshot kept of them. */
  restore(uncounted: readonly number[]): void {
    for (const id of uncounted) this.#uncounted.add(id);
  }

  /**
   * Loads every certificate and its status, in bulk. Until it is over no `good` may be said. Can be repeated; nothing that
   * was known is lost. Returns the ids of the certificates that have events.
   */
  async loadAll(): Promise<ReadonlySet<number>> {
    const { db, table, cas } = this.#deps;
    for (let after = 0; ; ) {
      const page = await readCertificateFactsAfter(db, after, FACTS_AT_ONCE);
      for (const facts of page) if (cas().has(facts.ca)) table.add(facts);
      const last = page.at(-1);
      if (!last || page.length < FACTS_AT_ONCE) break;
      after = last.id;
    }
    const evaluated = new Set<number>();
    for (let after = 0; ; ) {
      const ids = await readCertificatesWithEvents(db, after, EVENTS_AT_ONCE);
      await this.evaluate(ids);
      for (const id of ids) evaluated.add(id);
      const last = ids.at(-1);
      if (last === undefined || ids.length < EVENTS_AT_ONCE) return evaluated;
      after = last;
    }
  }

  /** Asks the database about one serial number that the table does not have, and adds what it finds. */
  async lookUp(ca: string, serial: string): Promise<SerialFacts['kind']> {
    const found = await findSerial(this.#deps.db, ca, Uint8Array.fromHex(serial));
    if (found.kind === 'issued') await this.evaluate([found.facts.id]);
    return found.kind;
  }

  /** Works out the status of certificates anew, from all their events. Those that the table does not have yet are added. */
  evaluate(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return this.#settleMemory();
    return this.#exclusive(async () => {
      for (let from = 0; from < ids.length; from += EVENTS_AT_ONCE)
        await this.#evaluateSome(ids.slice(from, from + EVENTS_AT_ONCE));
      await this.#settleMemory();
    });
  }

  /**
   * Applies what CRLs or the journal say of serial numbers whose status here is milder, and of those that have an id which
   * `isEvaluated` does not know. `online` when the database may be asked about serial numbers that the table does not have;
   * without, they are taken as they are remembered. Others get their turn between two pages.
   */
  async reconcile(
    pages: Iterable<readonly RememberedSerial[]> | AsyncIterable<readonly RememberedSerial[]>,
    online: boolean,
    isEvaluated: (id: number) => boolean = () => true,
  ): Promise<void> {
    for await (const page of pages) {
      const ids: number[] = [];
      for (const one of page) {
        const { ca, serial } = one;
        if (online && this.#deps.table.find(ca, serial)?.id === undefined) await this.lookUp(ca, serial);
        const id = this.#apply(one, online, isEvaluated);
        if (id !== undefined) ids.push(id);
      }
      if (ids.length > 0) await this.evaluate(ids);
      await setImmediate();
    }
    await this.#settleMemory();
  }

  /** Applies what is remembered of one serial number; returns the id of a certificate whose events are to be looked at. */
  #apply(
    { ca, serial, standing }: RememberedSerial,
    online: boolean,
    isEvaluated: (id: number) => boolean,
  ): number | undefined {
    const { table, onVanished } = this.#deps;
    const entry = table.find(ca, serial) ?? table.addUnrecorded(ca, serial);
    if (online && entry.id === undefined) onVanished(entry);
    const isMilder = STRICTNESS[entry.status.kind] < STRICTNESS[standing.kind];
    if (entry.id !== undefined) return isMilder || !isEvaluated(entry.id) ? entry.id : undefined;
    if (isMilder) this.#settle(entry, NOTHING);
    return undefined;
  }

  async #evaluateSome(ids: readonly number[]): Promise<void> {
    const { db, table, authority, cas } = this.#deps;
    const facts = await readCertificateFacts(db, ids);
    const events = await readEventsOf(db, ids);
    const statements = await readStatements(db, digestsOf(events.values()));
    const withFormer = authority.withFormer;
    // Nothing waits from here on: a certificate is never in the table without what its events say.
    for (const row of facts) {
      if (!cas().has(row.ca)) continue;
      const { id } = row;
      const entry = table.add(row);
      // Another row has taken its serial number.
      if (entry.id !== id) continue;
      const judgement = judgeEvents(
        events.get(id) ?? [],
        entry,
        (digest) => statements.get(digest.toHex()),
        authority.current,
        { authority: withFormer, isShown: (event, hold) => this.#isShown(entry, event, hold) },
      );
      // Last of those that wait, so that each has its turn.
      this.#uncounted.delete(id);
      if (judgement.uncounted) this.#uncounted.add(id);
      this.#settle(entry, judgement);
    }
  }

  /** By the newest list. The end of a certificate is believed once its octets were verified. */
  #isShown(entry: StatusEntry, event: RevocationEvent, hold: HoldFacts | undefined): boolean {
    const list = this.#deps.fullList(entry.ca, entry.serial);
    const notAfter = entry.genuine ? entry.notAfter : undefined;
    return list !== undefined && isShown(event, hold, list, notAfter === undefined ? undefined : new Date(notAfter));
  }

  #settle(entry: StatusEntry, judgement: Judgement): void {
    const { memory, listed, onVanished } = this.#deps;
    const remembered = memory.get(entry);
    const status = effectiveStatus(judgement.status, judgement.releases, [
      remembered,
      ...listed(entry.ca, entry.serial),
    ]);
    memory.keep(entry, status, status.kind === 'held' ? (judgement.holdId ?? remembered?.holdId) : undefined);
    if (judgement !== NOTHING && STRICTNESS[status.kind] > STRICTNESS[judgement.status.kind]) onVanished(entry);
  }

  async #settleMemory(): Promise<void> {
    try {
      await this.#deps.memory.settle();
    } catch (error) {
      this.#deps.onJournalError(error);
    }
  }

  #exclusive(work: () => Promise<void>): Promise<void> {
    const run = this.#last.catch(() => undefined).then(work);
    this.#last = run;
    return run;
  }
}

function digestsOf(lists: Iterable<readonly RevocationEvent[]>): Uint8Array[] {
  const found = new Map<string, Uint8Array>();
  for (const events of lists) {
    for (const { statementDigest } of events) if (statementDigest) found.set(statementDigest.toHex(), statementDigest);
  }
  return [...found.values()];
}
