import { DerError } from './der-error.ts';

const MAX_OID_OCTETS = 128;
const CACHE_LIMIT = 1024;
const encoded = new Map<string, Uint8Array>();

/**
 * Reads the content octets of an OBJECT IDENTIFIER between two offsets as dotted decimal. Arcs may be of any size (2.25
 * arcs have 128 bits) within 128 octets in all. Refuses empty, padded and unfinished arcs with `bad-oid`.
 */
export function decodeOid(bytes: Uint8Array, start: number, end: number): string {
  if (start >= end) throw new DerError('bad-oid', start, 'X.690 8.19.2', 'OBJECT IDENTIFIER is empty');
  if (end - start > MAX_OID_OCTETS) {
    throw new DerError('too-large', start, 'limit', `OBJECT IDENTIFIER is longer than ${MAX_OID_OCTETS} octets`);
  }
  let text = '';
  let position = start;
  while (position < end) {
    const arcStart = position;
    if (bytes[position] === 0x80) {
      throw new DerError('bad-oid', position, 'X.690 8.19.2', 'OBJECT IDENTIFIER arc has a leading 80');
    }
    let small = 0;
    let octet = 0x80;
    while (octet & 0x80) {
      if (position >= end) {
        throw new DerError('bad-oid', arcStart, 'X.690 8.19.2', 'OBJECT IDENTIFIER ends inside an arc');
      }
      octet = bytes[position++] as number;
      small = small * 128 + (octet & 0x7f);
    }
    const arc = position - arcStart > 7 ? bigArc(bytes, arcStart, position) : small;
    text += text === '' ? firstArcs(arc) : `.${arc}`;
  }
  return text;
}

function bigArc(bytes: Uint8Array, start: number, end: number): bigint {
  let value = 0n;
  for (let position = start; position < end; position++) {
    value = (value << 7n) | BigInt((bytes[position] as number) & 0x7f);
  }
  return value;
}

function firstArcs(value: number | bigint): string {
  if (typeof value === 'bigint') return `2.${value - 80n}`;
  if (value < 40) return `0.${value}`;
  if (value < 80) return `1.${value - 40}`;
  return `2.${value - 80}`;
}

/**
 * Content octets of an OBJECT IDENTIFIER given as dotted decimal. The result is shared between calls: do not write to
 * it. Throws `bad-oid` for anything but arcs without leading zeros, first arc 0..2, second ≤ 39 under 0 and 1.
 */
export function encodeOid(dotted: string): Uint8Array {
  const known = encoded.get(dotted);
  if (known !== undefined) return known;
  if (dotted.length > 256 || !/^[0-2](\.(0|[1-9]\d*))+$/.test(dotted)) {
    throw new DerError('bad-oid', 0, 'X.660', `not an object identifier: ${JSON.stringify(dotted.slice(0, 64))}`);
  }
  const arcs = dotted.split('.').map(BigInt);
  const [first, second, ...rest] = arcs as [bigint, bigint, ...bigint[]];
  if (first < 2n && second > 39n) throw new DerError('bad-oid', 0, 'X.660', `second arc above 39 in ${dotted}`);
  const octets: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) pushArc(octets, arc);
  if (octets.length > MAX_OID_OCTETS) {
    throw new DerError('too-large', 0, 'limit', `OBJECT IDENTIFIER is longer than ${MAX_OID_OCTETS} octets`);
  }
  const result = Uint8Array.from(octets);
  if (encoded.size < CACHE_LIMIT) encoded.set(dotted, result);
  return result;
}

function pushArc(octets: number[], arc: bigint): void {
  const groups: number[] = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) groups.push(Number(rest & 0x7fn) | 0x80);
  for (let index = groups.length - 1; index >= 0; index--) octets.push(groups[index] as number);
}
