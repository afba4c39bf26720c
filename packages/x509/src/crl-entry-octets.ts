import { tag } from '@see/asn1';

/** What an entry of revokedCertificates says. Times in whole seconds since 1970. */
export interface RevokedFields {
  /** Content octets of the serial number: `length` of them in `octets`, from `at` on; 1 to 40. */
  readonly octets: Uint8Array;
  readonly at: number;
  readonly length: number;
  readonly revokedAt: number;
  /** CRLReason; 0 is left out, as RFC 5280 5.3.1 wants. */
  readonly reason: number;
  /** invalidityDate; 0 for none. */
  readonly invalidSince: number;
}

/** Most octets of one entry. */
export const MOST_ENTRY = 128;

/** reasonCode (RFC 5280 5.3.1) but for its value. */
const REASON = Uint8Array.of(0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01);
/** invalidityDate (RFC 5280 5.3.2) but for its fifteen characters. */
const INVALIDITY = Uint8Array.of(0x30, 0x18, 0x06, 0x03, 0x55, 0x1d, 0x18, 0x04, 0x11, 0x18, 0x0f);
/** 2050-01-01T00:00:00Z: from then on times are GeneralizedTime (RFC 5280 5.1.2.6). */
const YEAR_2050 = 2_524_608_000;
const DAY = 86_400;

/** Writes entries of revokedCertificates (RFC 5280 5.1.2.6). Revocations come in waves: their days are kept once written. */
export class EntryWriter {
  readonly #days = new Map<number, Uint8Array>();

  /** Writes an entry; returns where the next one goes. NOT checked: that there is room for `MOST_ENTRY`. */
  write(entry: RevokedFields, target: Uint8Array, from: number): number {
    const { octets, at, length, reason, invalidSince, revokedAt } = entry;
    let to = from + 2;
    target[to++] = tag.integer;
    target[to++] = length;
    for (let index = 0; index < length; index += 1) target[to++] = octets[at + index] as number;
    to = revokedAt < YEAR_2050 ? this.#utcTime(target, to, revokedAt) : this.#generalizedTime(target, to, revokedAt);
    if (reason !== 0 || invalidSince !== 0) {
      const start = to;
      to += 2;
      if (reason !== 0) {
        target.set(REASON, to);
        to += REASON.length;
        target[to++] = reason;
      }
      if (invalidSince !== 0) {
        target.set(INVALIDITY, to);
        to = this.#characters(target, to + INVALIDITY.length, invalidSince, 0);
      }
      target[start] = tag.sequence;
      target[start + 1] = to - start - 2;
    }
    target[from] = tag.sequence;
    target[from + 1] = to - from - 2;
    return to;
  }

  #utcTime(target: Uint8Array, to: number, time: number): number {
    target[to] = tag.utcTime;
    target[to + 1] = 13;
    return this.#characters(target, to + 2, time, 2);
  }

  #generalizedTime(target: Uint8Array, to: number, time: number): number {
    target[to] = tag.generalizedTime;
    target[to + 1] = 15;
    return this.#characters(target, to + 2, time, 0);
  }

  /** `YYYYMMDDHHMMSSZ`, without its first `skip` characters. */
  #characters(target: Uint8Array, from: number, time: number, skip: number): number {
    const day = Math.floor(time / DAY);
    const rest = time - day * DAY;
    const date = this.#dayOf(day);
    let to = from;
    for (let index = skip; index < 8; index += 1) target[to++] = date[index] as number;
    const hours = Math.floor(rest / 3600);
    const minutes = Math.floor(rest / 60) - hours * 60;
    to = twoDigits(target, to, hours);
    to = twoDigits(target, to, minutes);
    to = twoDigits(target, to, rest % 60);
    target[to++] = 0x5a;
    return to;
  }

  /** Eight digits of a day since 1970. */
  #dayOf(day: number): Uint8Array {
    let known = this.#days.get(day);
    if (!known) {
      const text = new Date(day * DAY * 1000).toISOString().slice(0, 10).replaceAll('-', '');
      known = Uint8Array.from(text, (character) => character.charCodeAt(0));
      this.#days.set(day, known);
    }
    return known;
  }
}

function twoDigits(target: Uint8Array, to: number, value: number): number {
  const tens = Math.floor(value / 10);
  target[to] = 0x30 + tens;
  target[to + 1] = 0x30 + value - tens * 10;
  return to + 2;
}
