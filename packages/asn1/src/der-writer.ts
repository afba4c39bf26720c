import { DerError } from './der-error.ts';
import { encodeOid } from './oid.ts';
import { encodeString } from './string-content.ts';
import { constructedContextTag, tag } from './tag.ts';
import { encodeGeneralizedTime, encodeUtcTime } from './time.ts';

const EMPTY = new Uint8Array(0);

/** How many octets the header (identifier and length) of a value takes whose content has `length` octets. */
export function headerLength(length: number): number {
  if (length < 0x80) return 2;
  if (length < 0x100) return 3;
  if (length < 0x10000) return 4;
  if (length < 0x1000000) return 5;
  return 6;
}

/** Writes identifier and length octets at `at`; returns where the content starts. The caller has made the room. */
export function writeHeader(target: Uint8Array, at: number, identifier: number, length: number): number {
  target[at] = identifier;
  if (length < 0x80) {
    target[at + 1] = length;
    return at + 2;
  }
  const octets = headerLength(length) - 2;
  target[at + 1] = 0x80 | octets;
  let rest = length;
  for (let index = octets; index > 0; index--) {
    target[at + 1 + index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return at + 2 + octets;
}

/** One element with this identifier octet whose content is the parts one after another. */
export function tlv(identifier: number, ...content: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of content) length += part.length;
  const result = new Uint8Array(headerLength(length) + length);
  let at = writeHeader(result, 0, identifier, length);
  for (const part of content) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const result = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

export function derSequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(tag.sequence, ...parts);
}

/** A SET in the order given: right only where the caller knows the order. */
export function derSet(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(tag.set, ...parts);
}

/** A SET OF, sorted as X.690 11.6 demands. */
export function derSetOf(parts: readonly Uint8Array[]): Uint8Array {
  return tlv(tag.set, ...[...parts].sort(compareBytes));
}

/** Order of octet strings, the shorter first where one begins with the other. */
export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const common = Math.min(left.length, right.length);
  for (let index = 0; index < common; index++) {
    const difference = (left[index] as number) - (right[index] as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}

/** `[n] EXPLICIT` around whole elements. Also right for `[n] IMPLICIT SEQUENCE/SET` given the inner elements. */
export function derExplicit(n: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(constructedContextTag(n), ...parts);
}

/** An element under the tag `[n] IMPLICIT`: the identifier is replaced, primitive or constructed is kept. */
export function derImplicit(n: number, element: Uint8Array): Uint8Array {
  const result = element.slice();
  result[0] = 0x80 | ((element[0] as number) & 0x20) | n;
  return result;
}

/** An INTEGER; octets given as Uint8Array are an unsigned big-endian number, leading zeros are dropped. */
export function derInteger(value: bigint | number | Uint8Array): Uint8Array {
  if (value instanceof Uint8Array) return tlv(tag.integer, unsignedContent(value));
  return tlv(tag.integer, integerContent(BigInt(value)));
}

function unsignedContent(octets: Uint8Array): Uint8Array {
  let start = 0;
  while (start < octets.length - 1 && octets[start] === 0) start++;
  const trimmed = octets.subarray(start);
  if (trimmed.length === 0) throw new DerError('bad-integer', 0, 'X.690 8.3.1', 'INTEGER without octets');
  if ((trimmed[0] as number) < 0x80) return trimmed;
  const result = new Uint8Array(trimmed.length + 1);
  result.set(trimmed, 1);
  return result;
}

function integerContent(value: bigint): Uint8Array {
  let octets = 1;
  while (BigInt.asIntN(octets * 8, value) !== value) octets++;
  const result = new Uint8Array(octets);
  let rest = BigInt.asUintN(octets * 8, value);
  for (let index = octets - 1; index >= 0; index--) {
    result[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return result;
}

export function derEnumerated(value: number): Uint8Array {
  return tlv(tag.enumerated, integerContent(BigInt(value)));
}

export function derOid(dotted: string): Uint8Array {
  return tlv(tag.oid, encodeOid(dotted));
}

/** A BIT STRING. The unused bits must be zero already (`bad-bit-string`). */
export function derBitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  const last = bytes.length === 0 ? 0 : (bytes[bytes.length - 1] as number);
  if (unusedBits < 0 || unusedBits > 7 || (bytes.length === 0 && unusedBits > 0) || last & ((1 << unusedBits) - 1)) {
    throw new DerError('bad-bit-string', 0, 'X.690 11.2.1', 'unused bits are not zero');
  }
  return tlv(tag.bitString, Uint8Array.of(unusedBits), bytes);
}

/** A named-bit list from the numbers of its set bits (0..15), without trailing zeros (X.690 11.2.2). */
export function derNamedBits(bits: readonly number[]): Uint8Array {
  if (bits.length === 0) return derBitString(EMPTY);
  const highest = Math.max(...bits);
  if (Math.min(...bits) < 0 || highest > 15) throw new DerError('bad-value', 0, 'limit', 'named bits are 0..15');
  const octets = new Uint8Array((highest >> 3) + 1);
  for (const bit of bits) octets[bit >> 3] = (octets[bit >> 3] as number) | (0x80 >> (bit & 7));
  return derBitString(octets, 7 - (highest & 7));
}

export function derOctetString(bytes: Uint8Array): Uint8Array {
  return tlv(tag.octetString, bytes);
}

export function derNull(): Uint8Array {
  return Uint8Array.of(tag.null, 0);
}

export function derBoolean(value: boolean): Uint8Array {
  return Uint8Array.of(tag.boolean, 1, value ? 0xff : 0);
}

export function derUtf8(text: string): Uint8Array {
  return tlv(tag.utf8String, encodeString(tag.utf8String, text));
}

/** Throws `bad-string` for characters outside PrintableString. */
export function derPrintable(text: string): Uint8Array {
  return tlv(tag.printableString, encodeString(tag.printableString, text));
}

/** Throws `bad-string` for anything but ASCII. */
export function derIa5(text: string): Uint8Array {
  return tlv(tag.ia5String, encodeString(tag.ia5String, text));
}

/** Throws `bad-string` outside the basic plane. */
export function derBmp(text: string): Uint8Array {
  return tlv(tag.bmpString, encodeString(tag.bmpString, text));
}

export function derUtcTime(date: Date): Uint8Array {
  return tlv(tag.utcTime, encodeUtcTime(date));
}

export function derGeneralizedTime(date: Date): Uint8Array {
  return tlv(tag.generalizedTime, encodeGeneralizedTime(date));
}

/** Time of RFC 5280 4.1.2.5: UTCTime from 1950 through 2049, GeneralizedTime otherwise. Whole seconds only (`bad-time`). */
export function derTime(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  return year >= 1950 && year <= 2049 ? derUtcTime(date) : derGeneralizedTime(date);
}
