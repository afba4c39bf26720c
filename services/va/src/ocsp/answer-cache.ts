import type { SharedAnswer } from './ocsp-answer.ts';

/**
 * Whole answers by the row of their certificate and by the CertID asked with (each certificate has at most a few: four
 * hashes, with and without parameters). Bounded: the certificate that was asked for longest ago goes first.
 */
export class AnswerCache {
  readonly #answers = new Map<number, Map<string, SharedAnswer>>();
  readonly #capacity: number;

  /** `capacity` counts certificates. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#answers.size;
  }

  get(row: number, certId: string): SharedAnswer | undefined {
    const found = this.#answers.get(row);
    if (!found) return undefined;
    this.#answers.delete(row);
    this.#answers.set(row, found);
    return found.get(certId);
  }

  /** Takes an answer up in place of an older one, which is dropped for whoever holds it. */
  put(row: number, certId: string, answer: SharedAnswer): void {
    const found = this.#answers.get(row) ?? new Map<string, SharedAnswer>();
    const older = found.get(certId);
    if (older && older !== answer) older.dropped = true;
    found.set(certId, answer);
    this.#answers.delete(row);
    this.#answers.set(row, found);
    // Who still holds it is told too: here alone it is known that it is to be dropped when its certificate is revoked.
    if (this.#answers.size > this.#capacity) this.drop(this.#answers.keys().next().value as number);
  }

  has(row: number): boolean {
    return this.#answers.has(row);
  }

  /** Drops what was signed of a certificate, also where someone else still holds it. */
  drop(row: number): void {
    for (const answer of this.#answers.get(row)?.values() ?? []) answer.dropped = true;
    this.#answers.delete(row);
  }

  /** Drops everything: the key that signed it is no longer good. */
  clear(): void {
    for (const row of this.#answers.keys()) this.drop(row);
  }

  /** The age in milliseconds of the oldest answer that is still sent; 0 when there is none. */
  oldest(now: number): number {
    let oldest = now;
    for (const answers of this.#answers.values()) {
      for (const answer of answers.values()) if (answer.thisUpdate < oldest) oldest = answer.thisUpdate;
    }
    return now - oldest;
  }
}
