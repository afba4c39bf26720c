import { isFresh, type SharedAnswer } from '../ocsp/ocsp-answer.ts';

/** Requests whose answers are found without looking into them. Clients choose them, so they are few, and short. */
const MOST = 20_000;
const LONGEST = 512;

/**
 * Answers by the octets that asked for them, a GET address or a POST body. Only answers that everyone may get, and only
 * while they are fresh: what is dropped or has aged is not found.
 */
export class RememberedAnswers {
  readonly #answers = new Map<string, SharedAnswer>();

  find(request: string, now: number): SharedAnswer | undefined {
    const known = this.#answers.get(request);
    if (!known || isFresh(known, now)) return known;
    this.#answers.delete(request);
    return undefined;
  }

  /** Takes an answer up; those that were taken up first go. */
  put(request: string, answer: SharedAnswer): void {
    if (request.length > LONGEST) return;
    this.#answers.set(request, answer);
    if (this.#answers.size > MOST) this.#answers.delete(this.#answers.keys().next().value as string);
  }
}
