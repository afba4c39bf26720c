import { DerError } from './der-error.ts';
import { type DerLimits, defaultLimits } from './der-reader.ts';
import { readLength } from './element-header.ts';
import { decodeOid } from './oid.ts';
import { decodeString, isStringTag } from './string-content.ts';
import { tag } from './tag.ts';
import { decodeGeneralizedTime, decodeUtcTime } from './time.ts';

/**
 * Walks one whole element and everything inside it with a stack of its own and throws `DerError` at the first octet that
 * is not DER: framing, constructed strings, booleans, integers, object identifiers, bit strings, times, alphabets. Of the
 * universal types it knows those that certificates and their kin use; REAL, TIME, reserved ones and the like are refused.
 * Nothing may follow the element. NOT checked: the inside of OCTET STRING, BIT STRING and primitive context tags, DEFAULT
 * values and the order of SETs, since both need the type.
 */
export function checkDer(bytes: Uint8Array, limits: Partial<DerLimits> = {}): void {
  const { maxDepth, maxBytes, maxElements } = { ...defaultLimits, ...limits };
  if (bytes.length > maxBytes) {
    throw new DerError('too-large', 0, 'limit', `${bytes.length} octets, at most ${maxBytes} are read`);
  }
  const ends: number[] = [bytes.length];
  let position = 0;
  let elements = 0;
  do {
    const end = ends[ends.length - 1] as number;
    if (++elements > maxElements) {
      throw new DerError('too-many', position, 'limit', `more than ${maxElements} elements`);
    }
    if (position >= end) throw new DerError('truncated', position, 'X.690 8.1', 'there are no bytes');
    const identifier = bytes[position] as number;
    if ((identifier & 0x1f) === 0x1f) throw new DerError('high-tag', position, 'X.690 8.1.2.4', 'tag number above 30');
    const packed = readLength(bytes, position + 1, end);
    const octets = packed % 8;
    const contentStart = position + 1 + octets;
    const contentEnd = contentStart + (packed - octets) / 8;
    if ((identifier & 0xc0) === 0) checkUniversal(identifier, bytes, position, contentStart, contentEnd);
    if ((identifier & 0x20) !== 0 && contentEnd > contentStart) {
      if (ends.length > maxDepth) throw new DerError('too-deep', position, 'limit', 'values are nested too deeply');
      ends.push(contentEnd);
      position = contentStart;
    } else {
      position = contentEnd;
    }
    while (ends.length > 1 && position === ends[ends.length - 1]) ends.pop();
  } while (ends.length > 1);
  if (position < bytes.length) {
    throw new DerError('trailing', position, 'X.690 8.1', `${bytes.length - position} octets too many`);
  }
}

function checkUniversal(identifier: number, bytes: Uint8Array, at: number, start: number, end: number): void {
  if (identifier === tag.sequence || identifier === tag.set) return;
  if (identifier >= 0x20) {
    throw new DerError('constructed-string', at, 'X.690 10.2', 'constructed encoding of a primitive type');
  }
  switch (identifier) {
    case tag.boolean:
      if (end - start !== 1 || (bytes[start] !== 0 && bytes[start] !== 0xff)) {
        throw new DerError('bad-boolean', start, 'X.690 11.1', 'BOOLEAN is not one octet 00 or ff');
      }
      return;
    case tag.integer:
    case tag.enumerated:
      checkInteger(bytes, start, end);
      return;
    case tag.bitString:
      checkBitString(bytes, start, end);
      return;
    case tag.null:
      if (start !== end) throw new DerError('bad-value', start, 'X.690 8.8.2', 'NULL has content');
      return;
    case tag.oid:
      decodeOid(bytes, start, end);
      return;
    case tag.utcTime:
      decodeUtcTime(bytes, start, end);
      return;
    case tag.generalizedTime:
      decodeGeneralizedTime(bytes, start, end);
      return;
    case tag.octetString:
      return;
    default:
      if (isStringTag(identifier)) decodeString(identifier, bytes, start, end);
      else
        throw new DerError('unexpected-tag', at, 'X.680 8.4', `no element here has the tag ${identifier.toString(16)}`);
  }
}

function checkInteger(bytes: Uint8Array, start: number, end: number): void {
  if (start === end) throw new DerError('bad-integer', start, 'X.690 8.3.1', 'INTEGER is empty');
  if (end - start === 1) return;
  const first = bytes[start];
  const second = bytes[start + 1] as number;
  if ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)) {
    throw new DerError('bad-integer', start, 'X.690 8.3.2', 'INTEGER has superfluous leading octets');
  }
}

function checkBitString(bytes: Uint8Array, start: number, end: number): void {
  const unused = bytes[start] as number;
  if (start === end || unused > 7 || (unused > 0 && end - start === 1)) {
    throw new DerError('bad-bit-string', start, 'X.690 8.6.2', 'BIT STRING has a bad number of unused bits');
  }
  if (unused > 0 && ((bytes[end - 1] as number) & ((1 << unused) - 1)) !== 0) {
    throw new DerError('bad-bit-string', end - 1, 'X.690 11.2.1', 'unused bits of a BIT STRING are not zero');
  }
}
