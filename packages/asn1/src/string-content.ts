import { DerError } from './der-error.ts';
import { tag } from './tag.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

// One octet a character: 1 where PrintableString allows it (X.680 41.4).
const printable = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?") {
  printable[character.charCodeAt(0)] = 1;
}

/** True for the tags of the character string types that this package reads. */
export function isStringTag(identifier: number): boolean {
  switch (identifier) {
    case tag.utf8String:
    case tag.numericString:
    case tag.printableString:
    case tag.teletexString:
    case tag.ia5String:
    case tag.visibleString:
    case tag.universalString:
    case tag.bmpString:
      return true;
    default:
      return false;
  }
}

/**
 * Reads the content octets of a string type as text and checks its alphabet (`bad-string`). Control characters are legal
 * in several of these types and are not refused here. TeletexString is read as ISO 8859-1, as all software does.
 */
export function decodeString(identifier: number, bytes: Uint8Array, start: number, end: number): string {
  switch (identifier) {
    case tag.utf8String:
      return decodeUtf8(bytes, start, end);
    case tag.printableString:
      return decodeAscii(bytes, start, end, 'PrintableString', isPrintable);
    case tag.ia5String:
      return decodeAscii(bytes, start, end, 'IA5String', isIa5);
    case tag.visibleString:
      return decodeAscii(bytes, start, end, 'VisibleString', isVisible);
    case tag.numericString:
      return decodeAscii(bytes, start, end, 'NumericString', isNumeric);
    case tag.teletexString:
      return latin1(bytes, start, end);
    case tag.bmpString:
      return decodeBmp(bytes, start, end);
    case tag.universalString:
      return decodeUniversal(bytes, start, end);
    default:
      throw new DerError('unexpected-tag', start, 'X.680 8.6', `tag ${identifier.toString(16)} is no string type`);
  }
}

function isPrintable(octet: number): boolean {
  return octet < 128 && printable[octet] === 1;
}
function isIa5(octet: number): boolean {
  return octet < 128;
}
function isVisible(octet: number): boolean {
  return octet >= 0x20 && octet < 0x7f;
}
function isNumeric(octet: number): boolean {
  return octet === 0x20 || (octet >= 0x30 && octet <= 0x39);
}

function decodeAscii(
  bytes: Uint8Array,
  start: number,
  end: number,
  type: string,
  allowed: (octet: number) => boolean,
): string {
  for (let position = start; position < end; position++) {
    if (!allowed(bytes[position] as number)) {
      throw new DerError('bad-string', position, 'X.680 41', `octet not allowed in ${type}`);
    }
  }
  return latin1(bytes, start, end);
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  if (end - start > 256) {
    for (let at = start; at < end; at += 4096) {
      text += String.fromCharCode(...bytes.subarray(at, Math.min(at + 4096, end)));
    }
    return text;
  }
  for (let position = start; position < end; position++) text += String.fromCharCode(bytes[position] as number);
  return text;
}

function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  let position = start;
  while (position < end && (bytes[position] as number) < 0x80) position++;
  if (position === end && end - start <= 256) return latin1(bytes, start, end);
  try {
    return utf8.decode(bytes.subarray(start, end));
  } catch {
    throw new DerError('bad-string', start, 'RFC 3629', 'UTF8String is not valid UTF-8');
  }
}

function decodeBmp(bytes: Uint8Array, start: number, end: number): string {
  if ((end - start) % 2 !== 0) throw new DerError('bad-string', start, 'X.690 8.23', 'BMPString has an odd length');
  let text = '';
  for (let position = start; position < end; position += 2) {
    const unit = ((bytes[position] as number) << 8) | (bytes[position + 1] as number);
    if (unit >= 0xd800 && unit <= 0xdfff) {
      throw new DerError('bad-string', position, 'X.680 41.15', 'BMPString holds a surrogate');
    }
    text += String.fromCharCode(unit);
  }
  return text;
}

function decodeUniversal(bytes: Uint8Array, start: number, end: number): string {
  if ((end - start) % 4 !== 0) {
    throw new DerError('bad-string', start, 'X.690 8.23', 'UniversalString length is no multiple of four');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let position = start; position < end; position += 4) {
    const point = view.getUint32(position);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
      throw new DerError('bad-string', position, 'X.680 41', 'UniversalString holds no Unicode scalar value');
    }
    text += String.fromCodePoint(point);
  }
  return text;
}

/** True where every character may stand in a PrintableString. */
export function isPrintableText(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (!isPrintable(text.charCodeAt(index))) return false;
  }
  return true;
}

/** Content octets of a string type. Throws `bad-string` for characters that the type cannot carry. */
export function encodeString(identifier: number, text: string): Uint8Array {
  switch (identifier) {
    case tag.utf8String:
      if (!text.isWellFormed()) throw new DerError('bad-string', 0, 'RFC 3629', 'text holds a lone surrogate');
      return encoder.encode(text);
    case tag.printableString:
      return encodeAscii(text, 'PrintableString', isPrintable);
    case tag.ia5String:
      return encodeAscii(text, 'IA5String', isIa5);
    case tag.bmpString:
      return encodeBmp(text);
    default:
      throw new DerError('unexpected-tag', 0, 'X.680 8.6', `tag ${identifier.toString(16)} is not written`);
  }
}

function encodeAscii(text: string, type: string, allowed: (octet: number) => boolean): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (!allowed(unit)) throw new DerError('bad-string', index, 'X.680 41', `character not allowed in ${type}`);
    octets[index] = unit;
  }
  return octets;
}

function encodeBmp(text: string): Uint8Array {
  const octets = new Uint8Array(text.length * 2);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit <= 0xdfff) {
      throw new DerError('bad-string', index, 'X.680 41.15', 'BMPString cannot carry this character');
    }
    octets[index * 2] = unit >> 8;
    octets[index * 2 + 1] = unit & 0xff;
  }
  return octets;
}
