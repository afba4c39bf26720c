import type { SharedAnswer } from './ocsp-answer.ts';

/**
 * Signed answers by certificate and by the CertID asked with (each certificate has at most a few: four hashes, with and
 * without parameters). Bounded: the certificate that was asked for longest ago goes first.
 */
export class AnswerCache {
  readonly #answers = new Map<string, Map<string, SharedAnswer>>();
  readonly #capacity: number;

  /** `capacity` counts certificates. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#answers.size;
  }

  get(ca: string, serial: string, certId: string): SharedAnswer | undefined {
    const key = `${ca} ${serial}`;
    const found = this.#answers.get(key);
    if (!found) return undefined;
    this.#answers.delete(key);
    this.#answers.set(key, found);
    return found.get(certId);
  }

  put(ca: string, serial: string, certId: string, answer: SharedAnswer): void {
    const key = `${ca} ${serial}`;
    const found = this.#answers.get(key) ?? new Map<string, SharedAnswer>();
    found.set(certId, answer);
    this.#answers.delete(key);
    this.#answers.set(key, found);
    if (this.#answers.size > this.#capacity) this.#drop(this.#answers.keys().next().value as string);
  }

  /** Drops what was signed of a certificate, also where someone else still holds it. */
  invalidate(ca: string, serial: string): void {
    this.#drop(`${ca} ${serial}`);
  }

  /** Drops everything: the key that signed it is no longer good. */
  clear(): void {
    for (const key of this.#answers.keys()) this.#drop(key);
  }

  #drop(key: string): void {
    for (const answer of this.#answers.get(key)?.values() ?? []) answer.dropped = true;
    this.#answers.delete(key);
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
