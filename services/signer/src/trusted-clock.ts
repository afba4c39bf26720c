import { type Database, databaseTime } from '@see/db';
import { refused } from '@see/domain';
import type { SealedState } from './sealed-state.ts';

/** How far the clock may differ from the database's, in milliseconds (design, section 4). */
const MAX_DIFFERENCE = 30_000;
/** How often the highest time is sealed, in milliseconds. */
const SEAL_EVERY = 10_000;

/**
 * The signer's clock, the only one that counts. It refuses to tell the time when it went back behind what was sealed,
 * or when it differs from the database's by more than 30 s.
 */
export class TrustedClock {
  readonly #state: SealedState;
  readonly #read: () => number;
  #highest: number;
  #offBy = 0;

  constructor(state: SealedState, read: () => number) {
    this.#state = state;
    this.#read = read;
    this.#highest = state.memory.highestTime;
  }

  /** Now, in whole seconds. Throws RefusedError `clock-went-back` or `clock-differs`. */
  now(): Date {
    const now = this.#read();
    if (now < this.#highest - 1000) {
      throw refused(
        'clock-went-back',
        `the clock shows ${new Date(now).toISOString()}, before ${new Date(this.#highest).toISOString()} when something was signed last`,
        {
          remedy: 'set the clock right (NTP) and start again',
        },
      );
    }
    if (this.#offBy > MAX_DIFFERENCE) {
      throw refused('clock-differs', `the clock differs from the database's by ${Math.round(this.#offBy / 1000)} s`, {
        remedy: 'set both clocks by the same time source (NTP)',
      });
    }
    this.#highest = Math.max(this.#highest, now);
    if (now - this.#state.memory.highestTime >= SEAL_EVERY) this.#state.update({ highestTime: now });
    return new Date(Math.floor(now / 1000) * 1000);
  }

  /** Compares with the database's clock; call every few seconds. */
  async compare(db: Database): Promise<void> {
    const before = this.#read();
    const theirs = (await databaseTime(db)).getTime();
    const after = this.#read();
    this.#offBy = theirs < before ? before - theirs : Math.max(0, theirs - after);
  }
}
