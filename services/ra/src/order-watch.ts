import type { Database } from '@see/db';
import { listOrderStates } from '@see/db/ra';
import type { OrderState } from '@see/domain';

/** States in which the next step is ours, not a person's. */
const OURS: ReadonlySet<OrderState> = new Set(['preparing', 'approved', 'issuing']);

/**
 * Lets any number of requests wait for their orders with one question to the database for all of them: at each hint, and
 * every second besides.
 */
export class OrderWatch {
  readonly #db: Database;
  readonly #waiting = new Map<string, Set<() => void>>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #again = false;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Resolves once the order no longer waits for us (preparing, approved, issuing), or the time is over. */
  wait(orderId: string, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const waiters = this.#waiting.get(orderId) ?? new Set();
      const done = (): void => {
        clearTimeout(timer);
        waiters.delete(done);
        if (waiters.size === 0) this.#waiting.delete(orderId);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#waiting.set(orderId, waiters.add(done));
      this.#timer ??= setInterval(() => void this.look(), 1_000).unref();
      void this.look();
    });
  }

  /** Looks at all orders that are waited for; a call while one runs makes one more run of it. */
  async look(): Promise<void> {
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = true;
    try {
      do {
        this.#again = false;
        await this.#answer();
      } while (this.#again);
    } catch {
      // The database is away: whoever waits is answered at the next look, or when their time is over.
    } finally {
      this.#looking = false;
    }
  }

  async #answer(): Promise<void> {
    const ids = [...this.#waiting.keys()];
    if (ids.length === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    for (const { id, state } of await listOrderStates(this.#db, ids)) {
      if (OURS.has(state)) continue;
      for (const done of this.#waiting.get(id) ?? []) done();
    }
  }
}
