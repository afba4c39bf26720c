import type { RevokedCursor } from '@see/x509';
import { compareSerials } from './serial-order.ts';

const REMOVE_FROM_CRL = 8;

/**
 * What a client knows that has a full CRL and a delta on it (RFC 5280 5.2.4): the entries of the delta in the place of those
 * of the base, without those that it removes. Both in the order of their serial numbers; one pass, no object for an entry.
 */
export class CombinedEntries implements RevokedCursor {
  octets: Uint8Array = new Uint8Array(0);
  at = 0;
  length = 0;
  revokedAt = 0;
  reason = 0;
  invalidSince = 0;
  readonly #base: RevokedCursor;
  readonly #delta: RevokedCursor | undefined;
  #hasBase: boolean;
  #hasDelta: boolean;

  constructor(base: RevokedCursor, delta?: RevokedCursor) {
    this.#base = base;
    this.#delta = delta;
    this.#hasBase = base.next();
    this.#hasDelta = delta?.next() ?? false;
  }

  next(): boolean {
    const [base, delta] = [this.#base, this.#delta];
    while (this.#hasBase || this.#hasDelta) {
      const order = this.#order();
      const from = order < 0 || !delta ? base : delta;
      const removed = from === delta && from.reason === REMOVE_FROM_CRL;
      if (!removed) this.#take(from);
      if (order <= 0) this.#hasBase = base.next();
      if (order >= 0) this.#hasDelta = delta?.next() ?? false;
      if (!removed) return true;
    }
    return false;
  }

  #order(): number {
    if (!this.#hasDelta || !this.#delta) return -1;
    return this.#hasBase ? compareSerials(this.#base, this.#delta) : 1;
  }

  #take(from: RevokedCursor): void {
    this.octets = from.octets;
    this.at = from.at;
    this.length = from.length;
    this.revokedAt = from.revokedAt;
    this.reason = from.reason;
    this.invalidSince = from.invalidSince;
  }
}
