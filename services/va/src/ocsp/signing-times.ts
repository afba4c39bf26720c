import { NO_TRACE, type Trace } from '../run/trace.ts';

/** How many answers were signed since the start, and how long that took together: in the thread pool, its queue included. */
export class SigningTimes {
  #count = 0;
  #seconds = 0;
  readonly #trace: Trace;

  constructor(trace: Trace = NO_TRACE) {
    this.#trace = trace;
  }

  get count(): number {
    return this.#count;
  }

  get seconds(): number {
    return this.#seconds;
  }

  /** Does the work and takes its time; one that fails counts too. */
  async of<T>(work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await this.#trace.of('ocsp.sign', {}, work);
    } finally {
      this.#count += 1;
      this.#seconds += (performance.now() - started) / 1000;
    }
  }
}
