const FIRST_MS = 5_000;
const LONGEST_MS = 600_000;

/** When what failed is tried again: after five seconds, then twice as long each time, at most ten minutes. */
export class RetryTimes {
  readonly #failures = new Map<string, { count: number; after: number }>();

  /** Notes a failure; true for the first one. `now` in milliseconds. */
  fail(id: string, now: number): boolean {
    const count = (this.#failures.get(id)?.count ?? 0) + 1;
    this.#failures.set(id, { count, after: now + Math.min(FIRST_MS * 2 ** (count - 1), LONGEST_MS) });
    return count === 1;
  }

  /** It worked. */
  forget(id: string): void {
    this.#failures.delete(id);
  }

  /** What is not to be tried yet. */
  waiting(now: number): string[] {
    return [...this.#failures].filter(([, { after }]) => after > now).map(([id]) => id);
  }
}
