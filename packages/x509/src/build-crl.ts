import { concat } from '@see/asn1';
import type { RevokedCursor } from './crl-entry-octets.ts';
import { checkReason } from './extensions/crl-reason.ts';
import { type CrlFrame, writeTbsCertList } from './write-crl.ts';

export interface CrlEntryTemplate {
  /** Unsigned or content octets; written as the shortest INTEGER. */
  readonly serialNumber: Uint8Array;
  readonly revocationDate: Date;
  /** CRLReason; 0 is left out, as RFC 5280 5.3.1 wants. */
  readonly reason?: number;
  readonly invalidityDate?: Date;
}

export interface CrlTemplate extends CrlFrame {
  /** Written in this order. */
  readonly entries: Iterable<CrlEntryTemplate>;
}

/**
 * tbsCertList v2 (RFC 5280 5.1): the octets to sign, in memory, for lists of which there are objects. See
 * `writeTbsCertList`. NOT checked: duplicates among the serials and all that lint checks.
 */
export function buildTbsCertList({ entries, ...frame }: CrlTemplate): Uint8Array {
  const all = [...entries];
  const parts: Uint8Array[] = [];
  for (const { octets } of writeTbsCertList(frame, () => new TemplateCursor(all))) parts.push(octets.slice());
  return concat(...parts);
}

class TemplateCursor implements RevokedCursor {
  octets: Uint8Array = new Uint8Array(0);
  readonly at = 0;
  length = 0;
  revokedAt = 0;
  reason = 0;
  invalidSince = 0;
  readonly #entries: readonly CrlEntryTemplate[];
  #next = 0;

  constructor(entries: readonly CrlEntryTemplate[]) {
    this.#entries = entries;
  }

  next(): boolean {
    const entry = this.#entries[this.#next];
    if (!entry) return false;
    this.#next += 1;
    this.octets = integerContent(entry.serialNumber);
    this.length = this.octets.length;
    this.revokedAt = seconds(entry.revocationDate);
    this.reason = checkReason(entry.reason ?? 0);
    this.invalidSince = entry.invalidityDate ? seconds(entry.invalidityDate) : 0;
    return true;
  }
}

/** Longer ones are none of anybody's (RFC 5280 4.1.2.2 allows 20); some, so that lint has something to find. */
const MOST_SERIAL = 40;

/** The content octets of the shortest INTEGER of an unsigned number. Throws RangeError beyond `MOST_SERIAL` of them. */
function integerContent(octets: Uint8Array): Uint8Array {
  let start = 0;
  while (start < octets.length - 1 && octets[start] === 0) start += 1;
  const shortest = octets.subarray(start);
  const content = (shortest[0] ?? 0) < 0x80 ? shortest : concat(Uint8Array.of(0), shortest);
  if (content.length === 0 || content.length > MOST_SERIAL)
    throw new RangeError(`a serial number of ${content.length} octets`);
  return content;
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
