import type { RevokedCursor } from '@see/x509';
import { compareSerials, sameEntry } from './serial-order.ts';

const REMOVE_FROM_CRL = 8;

/**
 * The entries of a delta CRL (RFC 5280 5.2.4, REV-8, REV-10): what stands now and is not so in the base, and removeFromCRL for
 * what the base or an earlier delta on the same base tells of and stands no more. What an earlier delta tells of is told again,
 * whatever it is now, so that who combined that one with the base learns of it too. All in the order of their serial numbers;
 * one pass, no object for an entry. NOT checked: whether an entry may leave (`assertPublishable`).
 */
export class DeltaEntries implements RevokedCursor {
  octets: Uint8Array = new Uint8Array(0);
  at = 0;
  length = 0;
  revokedAt = 0;
  reason = 0;
  invalidSince = 0;
  readonly #sources: readonly [now: Source, base: Source, earlier: Source];

  constructor(now: RevokedCursor, base: RevokedCursor, earlier: RevokedCursor | undefined) {
    this.#sources = [new Source(now), new Source(base), new Source(earlier)];
  }

  next(): boolean {
    const [now, base, earlier] = this.#sources;
    for (let first = this.#first(); first; first = this.#first()) {
      const stands = now.isAt(first);
      const inBase = base.isAt(first);
      const inEarlier = earlier.isAt(first);
      const told = !stands || inEarlier || !inBase || !sameEntry(now.cursor, base.cursor);
      if (told) this.#take(first, stands);
      if (inEarlier) earlier.move();
      if (inBase) base.move();
      if (stands) now.move();
      if (told) return true;
    }
    return false;
  }

  /** The source with the lowest serial number; of several that of what stands now. */
  #first(): Source | undefined {
    let first: Source | undefined;
    for (const source of this.#sources)
      if (source.has && (!first || compareSerials(source.cursor, first.cursor) < 0)) first = source;
    return first;
  }

  #take({ cursor }: Source, stands: boolean): void {
    this.octets = cursor.octets;
    this.at = cursor.at;
    this.length = cursor.length;
    this.revokedAt = cursor.revokedAt;
    this.reason = stands ? cursor.reason : REMOVE_FROM_CRL;
    this.invalidSince = stands ? cursor.invalidSince : 0;
  }
}

const NOTHING: RevokedCursor = {
  next: () => false,
  octets: new Uint8Array(0),
  at: 0,
  length: 0,
  revokedAt: 0,
  reason: 0,
  invalidSince: 0,
};

class Source {
  readonly cursor: RevokedCursor;
  has: boolean;

  constructor(cursor: RevokedCursor = NOTHING) {
    this.cursor = cursor;
    this.has = cursor.next();
  }

  isAt(other: Source): boolean {
    return this.has && (this === other || compareSerials(this.cursor, other.cursor) === 0);
  }

  move(): void {
    this.has = this.cursor.next();
  }
}
