import type { DirectoryRule } from '@see/db/va';

export interface DirectoryListingDeps {
  /** The rules of certificates; ids that no rule is about are left out. Rejects when the database is away. */
  readonly read: (ids: readonly number[]) => Promise<readonly DirectoryRule[]>;
  readonly onError: (error: unknown) => void;
}

const AT_ONCE = 1_000;
const WAIT_AFTER_ERROR_MS = 1_000;

/**
 * Which encryption certificates the directory offers: not one whose holder has yet to confirm it, nor one whose place a
 * confirmed one has taken that is good now (WF-E, step 12). Rows decide that and nothing else: a forged one can hide a
 * certificate or show it too early, and makes none genuine. What was not read yet is not offered.
 */
export class DirectoryListing {
  readonly #deps: DirectoryListingDeps;
  readonly #unread = new Set<number>();
  readonly #known = new Set<number>();
  readonly #waiting = new Set<number>();
  readonly #successors = new Map<number, Set<number>>();
  #draining: Promise<void> | undefined;
  #closed = false;

  constructor(deps: DirectoryListingDeps) {
    this.#deps = deps;
  }

  /** Certificates of which it is not known yet whether they are offered. */
  get backlog(): number {
    return this.#unread.size;
  }

  /** Takes an encryption certificate up. */
  add(id: number): void {
    if (this.#known.has(id)) return;
    this.#unread.add(id);
    this.#wake();
  }

  /** Looks again at those that wait for a confirmation. Throws when the database is away. */
  async refresh(): Promise<void> {
    const ids = [...this.#waiting];
    for (let from = 0; from < ids.length; from += AT_ONCE) await this.#read(ids.slice(from, from + AT_ONCE));
  }

  /** Whether a certificate is offered, if it is good; `isGood` says that of others by id. */
  isListed(id: number, isGood: (id: number) => boolean): boolean {
    if (!this.#known.has(id) || this.#waiting.has(id)) return false;
    return !this.#isReplaced(id, isGood, new Set([id]));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#draining;
  }

  #isReplaced(id: number, isGood: (id: number) => boolean, seen: Set<number>): boolean {
    for (const next of this.#successors.get(id) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (!this.#waiting.has(next) && isGood(next)) return true;
      if (this.#isReplaced(next, isGood, seen)) return true;
    }
    return false;
  }

  #wake(): void {
    if (!this.#closed) this.#draining ??= this.#drain();
  }

  async #drain(): Promise<void> {
    // What is added together is read together.
    await new Promise((resolve) => setImmediate(resolve));
    while (!this.#closed && this.#unread.size > 0) {
      const some = [...this.#unread.values().take(AT_ONCE)];
      try {
        await this.#read(some);
      } catch (error) {
        this.#deps.onError(error);
        await new Promise((resolve) => setTimeout(resolve, WAIT_AFTER_ERROR_MS));
      }
    }
    this.#draining = undefined;
  }

  async #read(ids: readonly number[]): Promise<void> {
    const rules = new Map((await this.#deps.read(ids)).map((rule) => [rule.id, rule]));
    for (const id of ids) {
      const rule = rules.get(id);
      if (rule?.waits) this.#waiting.add(id);
      else this.#waiting.delete(id);
      for (const replaced of rule?.replaces ?? []) {
        const successors = this.#successors.get(replaced) ?? new Set();
        this.#successors.set(replaced, successors.add(id));
      }
      this.#known.add(id);
      this.#unread.delete(id);
    }
  }
}
