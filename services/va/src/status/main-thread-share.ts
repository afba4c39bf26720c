import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

/** Rest for each millisecond of work: a fifth of the time is left for the work. */
const REST = 4;
/** However long it took: it goes on at all times. In milliseconds. */
const LONGEST_REST = 250;

/**
 * Keeps background work to a fifth of the main thread: after each piece it rests four times as long as the thread was busy
 * meanwhile, with whatever, so that it takes less the more others ask for. A rest ends after a quarter of a second.
 */
export class MainThreadShare {
  #since = performance.eventLoopUtilization();

  /** A piece of work begins. */
  begin(): void {
    this.#since = performance.eventLoopUtilization();
  }

  /** It is over: resolves when the next one may begin. */
  async rest(): Promise<void> {
    const { active } = performance.eventLoopUtilization(this.#since);
    await wait(Math.min(LONGEST_REST, active * REST));
  }
}
