/** Nothing can be signed now. The caller has another answer or says `tryLater`. */
export class TryLaterError extends Error {
  override readonly name = 'TryLaterError';
  readonly code: 'queue-full' | 'no-delegate' | 'status-too-old';

  constructor(code: TryLaterError['code']) {
    super(code);
    this.code = code;
  }
}

/**
 * Runs work with bounded concurrency and a bounded number waiting, in the order it came. Throws TryLaterError at once
 * when there is no room, so that a flood costs memory for neither requests nor answers.
 */
export class WorkQueue {
  readonly #concurrency: number;
  readonly #capacity: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(concurrency: number, capacity: number) {
    this.#concurrency = concurrency;
    this.#capacity = capacity;
  }

  /** Work that runs or waits. */
  get length(): number {
    return this.#running + this.#waiting.length;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#concurrency) {
      if (this.#waiting.length >= this.#capacity) throw new TryLaterError('queue-full');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running++;
    }
    try {
      return await work();
    } finally {
      // The place goes to the next one, or is given up.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
