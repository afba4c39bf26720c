import { Refusal } from '@see/http';

/** Streams that are open at a time: of everybody together, and of one person. */
const MOST = 200;
const MOST_OF_ONE = 10;

/** Counts the event streams that are open, so that nobody takes them all, and ends them with the service. */
export class EventStreams {
  readonly #open = new Map<string, number>();
  readonly #closing = new AbortController();
  #all = 0;

  /** Aborted when the service ends. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Takes a place; the answer gives it back and may be called twice. Throws Refusal `too-many-requests`. */
  take(personId: string): () => void {
    const own = this.#open.get(personId) ?? 0;
    if (this.#all >= MOST || own >= MOST_OF_ONE) {
      throw new Refusal(
        'too-many-requests',
        'Too many event streams are open. Close one, or ask again in 10 seconds.',
        {
          headers: { 'retry-after': '10' },
        },
      );
    }
    this.#open.set(personId, own + 1);
    this.#all += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#all -= 1;
      const left = (this.#open.get(personId) ?? 1) - 1;
      if (left > 0) this.#open.set(personId, left);
      else this.#open.delete(personId);
    };
  }

  close(): void {
    this.#closing.abort();
  }
}
