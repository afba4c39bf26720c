import { concat } from '@see/asn1';
import { EntryWriter, MOST_ENTRY, type RevokedFields } from './crl-entry-octets.ts';
import { checkReason } from './extensions/crl-reason.ts';
import { type CrlFrame, tbsCertListAround } from './write-crl.ts';

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
 * tbsCertList v2 (RFC 5280 5.1): the octets to sign, in memory, for lists of which there are objects. NOT checked: the order of
 * the entries, duplicates among the serials and all that lint checks.
 */
export function buildTbsCertList({ entries, ...frame }: CrlTemplate): Uint8Array {
  const writer = new EntryWriter();
  const room = new Uint8Array(MOST_ENTRY);
  const encoded = Array.from(entries, (entry) => room.slice(0, writer.write(fieldsOf(entry), room, 0)));
  const listed = encoded.reduce((length, octets) => length + octets.length, 0);
  const { head, tail } = tbsCertListAround(frame, listed);
  return concat(head, ...encoded, tail);
}

function fieldsOf({ serialNumber, revocationDate, reason = 0, invalidityDate }: CrlEntryTemplate): RevokedFields {
  const octets = integerContent(serialNumber);
  return {
    octets,
    at: 0,
    length: octets.length,
    revokedAt: seconds(revocationDate),
    reason: checkReason(reason),
    invalidSince: invalidityDate ? seconds(invalidityDate) : 0,
  };
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
