import type { Database, Wake } from '@see/db/service';
import { readCertificateFactsAfter, readLastEventId, readNewEvents } from '@see/db/va';
import type { StatusKeeper } from './status-keeper.ts';
import type { StatusTable } from './status-table.ts';

/** How long an event may take from getting its id to its commit and still be noticed by a sweep. */
const WINDOW_SECONDS = 600;
/** Certificates are committed in another order than their ids were given. */
const OVERLAP = 200;
const PAGE = 1000;
const MOST_UNCOUNTED = 1000;

export interface StatusFeedDeps {
  readonly db: Database;
  readonly table: StatusTable;
  readonly keeper: StatusKeeper;
  /** Ids of the issuing CAs. */
  readonly cas: () => ReadonlySet<string>;
  readonly now: () => Date;
  /** Told how many milliseconds ago the oldest of the new events was dated, to the second. */
  readonly onLag: (milliseconds: number) => void;
}

/** How far the events were read. */
export interface FeedPosition {
  readonly lastEvent: number;
  /** Milliseconds since 1970. */
  readonly knownAt: number;
}

/** Keeps the status current after the bulk load: on hints, and at sweeps for hints that got lost. */
export class StatusFeed {
  readonly #deps: StatusFeedDeps;
  readonly #recent = new Map<number, number>();
  #lastEvent = 0;
  #knownAt: Date | undefined;
  /** When the snapshot was current from which it goes on; undefined once that was caught up with. */
  #resumed: number | undefined;

  constructor(deps: StatusFeedDeps) {
    this.#deps = deps;
  }

  /** The time up to which every revocation is known: that of the last reading that succeeded. Undefined before the first. */
  get knownAt(): Date | undefined {
    return this.#knownAt;
  }

  /** Marks everything up to now as seen, without evaluating it: called before the bulk load. */
  async start(): Promise<void> {
    const { db, cas } = this.#deps;
    this.#lastEvent = await readLastEventId(db);
    for (const place of await readNewEvents(db, [...cas()], this.#lastEvent, WINDOW_SECONDS)) this.#seen(place);
  }

  /** How far it has read. Undefined before the first reading. */
  get position(): FeedPosition | undefined {
    return this.#knownAt && { lastEvent: this.#lastEvent, knownAt: this.#knownAt.getTime() };
  }

  /** Goes on from where a snapshot was taken: the next reading brings all that was recorded since. */
  resume({ lastEvent, knownAt }: FeedPosition): void {
    this.#lastEvent = lastEvent;
    this.#knownAt = new Date(knownAt);
    this.#resumed = knownAt;
  }

  /** New revocations, holds and releases. */
  async revocations(wake: Wake): Promise<void> {
    const { db, keeper, cas, now, onLag } = this.#deps;
    const readAt = now();
    const away = this.#resumed === undefined ? 0 : Math.max(0, readAt.getTime() - this.#resumed) / 1000;
    const places = await readNewEvents(db, [...cas()], this.#lastEvent, WINDOW_SECONDS + away);
    const unseen = places.filter((place) => !this.#recent.has(place.id));
    const ids = new Set(unseen.map((place) => place.certificateId));
    if (wake.sweep) for (const id of [...keeper.uncounted].slice(0, MOST_UNCOUNTED)) ids.add(id);
    await keeper.evaluate([...ids]);
    this.#knownAt = readAt;
    this.#resumed = undefined;
    for (const place of unseen) this.#seen(place);
    this.#forget();
    if (unseen.length > 0) {
      const oldest = Math.min(...unseen.map((place) => place.revokedAt.getTime()));
      onLag(Math.max(0, now().getTime() - oldest));
    }
  }

  /** New certificates. */
  async issued(wake: Wake): Promise<void> {
    const { db, table, keeper } = this.#deps;
    const ids = new Set(wake.hints.slice(-PAGE));
    const known = new Set<number>();
    for (let after = Math.max(0, table.highestId - OVERLAP); ; ) {
      const page = await readCertificateFactsAfter(db, after, PAGE);
      for (const facts of page)
        (table.find(facts.ca, facts.serial.toHex())?.id === facts.id ? known : ids).add(facts.id);
      const last = page.at(-1);
      if (!last || page.length < PAGE) break;
      after = last.id;
    }
    await keeper.evaluate([...ids].filter((id) => !known.has(id)));
  }

  #seen(place: { readonly id: number; readonly revokedAt: Date }): void {
    this.#recent.set(place.id, place.revokedAt.getTime());
    if (place.id > this.#lastEvent) this.#lastEvent = place.id;
  }

  /** Forgets events that no reading brings again: those far outside the window and below the last id. */
  #forget(): void {
    const before = this.#deps.now().getTime() - 2 * WINDOW_SECONDS * 1000;
    for (const [id, time] of this.#recent) if (time < before && id <= this.#lastEvent) this.#recent.delete(id);
  }
}
