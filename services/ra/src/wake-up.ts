/** What requests wait for: the signer's word on a code, that it has taken up or issued orders, and that an import went on. */
export type Topic = 'redemptions' | 'issued' | 'imports';

/**
 * Lets requests wait for a hint without asking the database over and over. A hint wakes everyone who waits for the
 * topic; each then looks for itself. Nobody waits longer than asked for, hint or not.
 */
export class WakeUps {
  readonly #waiting: Readonly<Record<Topic, Set<() => void>>> = {
    redemptions: new Set(),
    issued: new Set(),
    imports: new Set(),
  };

  wake(topic: Topic): void {
    for (const resume of this.#waiting[topic]) resume();
    this.#waiting[topic].clear();
  }

  wait(topic: Topic, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const resume = (): void => {
        clearTimeout(timer);
        this.#waiting[topic].delete(resume);
        resolve();
      };
      const timer = setTimeout(resume, milliseconds);
      this.#waiting[topic].add(resume);
    });
  }

  /**
   * Asks until there is an answer or the time is over; at once, on each hint and every second besides. Undefined when
   * there is none in time.
   */
  async until<T>(topic: Topic, milliseconds: number, ask: () => Promise<T | undefined>): Promise<T | undefined> {
    const end = performance.now() + milliseconds;
    for (;;) {
      // Waiting starts before the question, so a hint that comes while it is asked is not lost.
      const hint = this.wait(topic, Math.min(1_000, Math.max(0, Math.ceil(end - performance.now())) + 1));
      const answer = await ask();
      if (answer !== undefined || performance.now() >= end) return answer;
      await hint;
    }
  }
}
