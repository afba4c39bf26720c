import type { Database } from '../connect.ts';
import { sequenceEvents } from './sequence-events.ts';

/** Events that are looked through again at each run, for those that committed late. */
const WINDOW = 5_000;
/** How often everything is looked through, in milliseconds. */
const FULL_SEARCH_MS = 300_000;

/** Keeps the log up with the events: cheap when run each second, and complete after each full search. */
export class AuditSequencer {
  readonly #db: Database;
  readonly #now: () => number;
  #lastFull = Number.NEGATIVE_INFINITY;
  #newestId = 0;

  /** `now` gives milliseconds of a clock that does not go back. */
  constructor(db: Database, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * Appends what is there, in as many transactions as it takes, until `stop` is aborted. Returns how many entries were appended. An
   * event is in the log after the first run that follows its commit, or, when 5,000 later ones committed before it, within five minutes.
   */
  async run(stop?: AbortSignal): Promise<number> {
    const started = this.#now();
    const full = started - this.#lastFull >= FULL_SEARCH_MS;
    let afterId = full ? 0 : Math.max(0, this.#newestId - WINDOW);
    let appended = 0;
    while (!stop?.aborted) {
      const batch = await sequenceEvents(this.#db, afterId);
      if (batch.busy) return appended;
      appended += batch.appended;
      if (batch.more) {
        afterId = batch.lastId ?? afterId;
        continue;
      }
      this.#newestId = await newestSequencedId(this.#db);
      if (full) this.#lastFull = started;
      break;
    }
    return appended;
  }
}

async function newestSequencedId(db: Database): Promise<number> {
  const row = await db
    .selectFrom('log_entries')
    .select('event_id')
    .orderBy('event_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.event_id ?? 0;
}
