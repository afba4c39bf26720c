import type { Database } from '@see/db';
import { type EventPlace, readLastEventId, readNewEvents } from '@see/db/signer';

/** How long an event may take from getting its id to its commit and still be noticed before everything is compared again. */
const WINDOW_SECONDS = 600;

/** Finds revocation events that were not read yet. An id is given before the commit, so a lower one may appear after a higher one. */
export class RevocationFeed {
  readonly #db: Database;
  readonly #cas: readonly string[];
  /** When each event of the window was dated, by id; milliseconds since 1970. */
  readonly #recent = new Map<number, number>();
  #last = 0;

  constructor(db: Database, cas: readonly string[]) {
    this.#db = db;
    this.#cas = cas;
  }

  /** Takes everything up to now as read: called before everything is read. */
  async start(): Promise<void> {
    this.#last = await readLastEventId(this.#db);
    this.seen(await this.read());
  }

  /** Events that were not seen. */
  async read(): Promise<EventPlace[]> {
    const places = await readNewEvents(this.#db, this.#cas, this.#last, WINDOW_SECONDS);
    return places.filter(({ id }) => !this.#recent.has(id));
  }

  /** Says that events were judged; without, they are found again. */
  seen(places: readonly EventPlace[]): void {
    for (const { id, revokedAt } of places) {
      this.#recent.set(id, revokedAt.getTime());
      this.#last = Math.max(this.#last, id);
    }
    const newest = places.reduce((time, { revokedAt }) => Math.max(time, revokedAt.getTime()), 0);
    for (const [id, time] of this.#recent)
      if (time < newest - 2 * WINDOW_SECONDS * 1000 && id <= this.#last) this.#recent.delete(id);
  }
}
