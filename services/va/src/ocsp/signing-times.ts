/** How many answers were signed since the start, and how long that took together: in the thread pool, its queue included. */
export class SigningTimes {
  #count = 0;
  #seconds = 0;

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
      return await work();
    } finally {
      this.#count += 1;
      this.#seconds += (performance.now() - started) / 1000;
    }
  }
}
