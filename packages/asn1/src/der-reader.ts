import { DerError } from './der-error.ts';
import { readLength } from './element-header.ts';
import { decodeOid } from './oid.ts';
import { decodeString, isStringTag } from './string-content.ts';
import { constructedContextTag, tag } from './tag.ts';
import { decodeGeneralizedTime, decodeUtcTime } from './time.ts';

/** Bounds on what a reader accepts. */
export interface DerLimits {
  /** Most levels of constructed values below the outermost bytes. */
  readonly maxDepth: number;
  /** Most octets in all. */
  readonly maxBytes: number;
  /** Most elements, counted by `checkDer` only. */
  readonly maxElements: number;
}

export const defaultLimits: DerLimits = { maxDepth: 32, maxBytes: 16 * 1024 * 1024, maxElements: 1_000_000 };

/** One element as it lies in the bytes; the arrays are views, not copies. */
export interface RawElement {
  readonly tag: number;
  readonly headerLength: number;
  readonly content: Uint8Array;
  readonly der: Uint8Array;
}

export interface BitString {
  readonly unusedBits: number;
  readonly bytes: Uint8Array;
}

// What fits into a number without loss, and what any key or serial of this world needs.
const MAX_INTEGER_OCTETS = 4096;

/**
 * A cursor over DER. Every method reads the next element, checks that its encoding is the only one DER allows, and moves
 * on; nested values are opened as readers of their own, so nothing here recurses. Returned byte arrays are views on the
 * input. NOT checked: that the caller read everything (call `end`), the order of SET OF, the meaning of values.
 */
export class DerReader {
  readonly bytes: Uint8Array;
  readonly limit: number;
  private position: number;
  private readonly levelsLeft: number;
  private contentStart = 0;

  private constructor(bytes: Uint8Array, start: number, end: number, levelsLeft: number) {
    this.bytes = bytes;
    this.position = start;
    this.limit = end;
    this.levelsLeft = levelsLeft;
  }

  /** Opens a reader on the whole of `bytes`. Throws `too-large` above `maxBytes`. */
  static of(bytes: Uint8Array, limits?: Partial<DerLimits>): DerReader {
    const maxBytes = limits?.maxBytes ?? defaultLimits.maxBytes;
    if (bytes.length > maxBytes) {
      throw new DerError('too-large', 0, 'limit', `${bytes.length} octets, at most ${maxBytes} are read`);
    }
    return new DerReader(bytes, 0, bytes.length, limits?.maxDepth ?? defaultLimits.maxDepth);
  }

  get atEnd(): boolean {
    return this.position >= this.limit;
  }

  /** Octets from the start of the bytes that `of` was given. */
  get offset(): number {
    return this.position;
  }

  /** The identifier octet of the next element, or -1 at the end. */
  peekTag(): number {
    return this.position < this.limit ? (this.bytes[this.position] as number) : -1;
  }

  /** Throws `trailing` unless everything was read. */
  end(): void {
    if (this.position < this.limit) {
      throw new DerError('trailing', this.position, 'X.690 8.1', `${this.limit - this.position} octets too many`);
    }
  }

  /** Opens the next element, which must be constructed and have this identifier octet. */
  read(expected: number): DerReader {
    const end = this.enter(expected);
    if (this.levelsLeft <= 0) throw new DerError('too-deep', this.position, 'limit', 'values are nested too deeply');
    const inner = new DerReader(this.bytes, this.contentStart, end, this.levelsLeft - 1);
    this.position = end;
    return inner;
  }

  sequence(): DerReader {
    return this.read(tag.sequence);
  }

  set(): DerReader {
    return this.read(tag.set);
  }

  /** Opens `[n] EXPLICIT`, or a constructed `[n] IMPLICIT`: the octets are the same. */
  explicit(n: number): DerReader {
    return this.read(constructedContextTag(n));
  }

  optionalExplicit(n: number): DerReader | undefined {
    return this.peekTag() === constructedContextTag(n) ? this.read(constructedContextTag(n)) : undefined;
  }

  /** Content octets of an INTEGER: two's complement in its shortest form. */
  integerBytes(identifier: number = tag.integer): Uint8Array {
    const end = this.enter(identifier);
    const start = this.contentStart;
    if (start === end) throw new DerError('bad-integer', start, 'X.690 8.3.1', 'INTEGER is empty');
    if (end - start > 1) {
      const first = this.bytes[start] as number;
      const second = this.bytes[start + 1] as number;
      if ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)) {
        throw new DerError('bad-integer', start, 'X.690 8.3.2', 'INTEGER has superfluous leading octets');
      }
    }
    this.position = end;
    return this.bytes.subarray(start, end);
  }

  integer(identifier: number = tag.integer): bigint {
    const at = this.position;
    const content = this.integerBytes(identifier);
    if (content.length > MAX_INTEGER_OCTETS) throw new DerError('too-large', at, 'limit', 'INTEGER is too large');
    let hex = '0x';
    for (const octet of content) hex += octet < 16 ? `0${octet.toString(16)}` : octet.toString(16);
    const unsigned = BigInt(hex);
    return (content[0] as number) >= 0x80 ? unsigned - (1n << BigInt(content.length * 8)) : unsigned;
  }

  /** An INTEGER of 0..2^47-1; anything else is `bad-value`. */
  smallInteger(identifier: number = tag.integer): number {
    const at = this.position;
    const content = this.integerBytes(identifier);
    if (content.length > 6 || (content[0] as number) >= 0x80) {
      throw new DerError('bad-value', at, 'limit', 'INTEGER is negative or too large here');
    }
    let value = 0;
    for (const octet of content) value = value * 256 + octet;
    return value;
  }

  enumerated(): number {
    return this.smallInteger(tag.enumerated);
  }

  boolean(identifier: number = tag.boolean): boolean {
    const end = this.enter(identifier);
    const value = this.bytes[this.contentStart];
    if (end - this.contentStart !== 1 || (value !== 0x00 && value !== 0xff)) {
      throw new DerError('bad-boolean', this.contentStart, 'X.690 11.1', 'BOOLEAN is not one octet 00 or ff');
    }
    this.position = end;
    return value === 0xff;
  }

  /** `BOOLEAN DEFAULT …`: absent gives the default, the default written out is `default-encoded` (X.690 11.5). */
  optionalBoolean(defaultValue: boolean, identifier: number = tag.boolean): boolean {
    if (this.peekTag() !== identifier) return defaultValue;
    const at = this.position;
    const value = this.boolean(identifier);
    if (value === defaultValue) throw new DerError('default-encoded', at, 'X.690 11.5', 'a DEFAULT value is encoded');
    return value;
  }

  null(): void {
    const end = this.enter(tag.null);
    if (end !== this.contentStart)
      throw new DerError('bad-value', this.contentStart, 'X.690 8.8.2', 'NULL has content');
    this.position = end;
  }

  oid(identifier: number = tag.oid): string {
    const end = this.enter(identifier);
    const value = decodeOid(this.bytes, this.contentStart, end);
    this.position = end;
    return value;
  }

  /** Unused bits must be zero (X.690 11.2.1). */
  bitString(identifier: number = tag.bitString): BitString {
    const end = this.enter(identifier);
    const start = this.contentStart;
    const unusedBits = this.bytes[start] as number;
    if (start === end || unusedBits > 7 || (unusedBits > 0 && end - start === 1)) {
      throw new DerError('bad-bit-string', start, 'X.690 8.6.2', 'BIT STRING has a bad number of unused bits');
    }
    if (unusedBits > 0 && ((this.bytes[end - 1] as number) & ((1 << unusedBits) - 1)) !== 0) {
      throw new DerError('bad-bit-string', end - 1, 'X.690 11.2.1', 'unused bits of a BIT STRING are not zero');
    }
    this.position = end;
    return { unusedBits, bytes: this.bytes.subarray(start + 1, end) };
  }

  /** A BIT STRING of whole octets; unused bits are `bad-bit-string`. */
  octetAlignedBitString(identifier: number = tag.bitString): Uint8Array {
    const at = this.position;
    const { unusedBits, bytes } = this.bitString(identifier);
    if (unusedBits !== 0) throw new DerError('bad-bit-string', at, 'X.690 8.6', 'BIT STRING is not whole octets');
    return bytes;
  }

  /** A named-bit list as a number, bit n of the list being `1 << n`; at most 16 bits, no trailing zeros (X.690 11.2.2). */
  namedBits(identifier: number = tag.bitString): number {
    const at = this.position;
    const { unusedBits, bytes } = this.bitString(identifier);
    if (bytes.length > 2) throw new DerError('bad-bit-string', at, 'limit', 'named-bit list of more than 16 bits');
    const last = bytes.length === 0 ? 0 : (bytes[bytes.length - 1] as number);
    if (bytes.length > 0 && (last & (1 << unusedBits)) === 0) {
      throw new DerError('bad-bit-string', at, 'X.690 11.2.2', 'named-bit list has trailing zero bits');
    }
    let bits = 0;
    for (let index = 0; index < bytes.length * 8; index++) {
      if (((bytes[index >> 3] as number) & (0x80 >> (index & 7))) !== 0) bits |= 1 << index;
    }
    return bits;
  }

  octetString(identifier: number = tag.octetString): Uint8Array {
    const end = this.enter(identifier);
    const content = this.bytes.subarray(this.contentStart, end);
    this.position = end;
    return content;
  }

  utf8(): string {
    return this.stringAs(tag.utf8String, tag.utf8String);
  }

  printable(): string {
    return this.stringAs(tag.printableString, tag.printableString);
  }

  ia5(identifier: number = tag.ia5String): string {
    return this.stringAs(identifier, tag.ia5String);
  }

  /** Whatever character string comes next; `unexpected-tag` where it is none. */
  anyString(): string {
    const identifier = this.peekTag();
    if (!isStringTag(identifier)) this.unexpected('a character string');
    return this.stringAs(identifier, identifier);
  }

  /** A string whose identifier octet is `identifier` and whose alphabet is that of the universal type `type`. */
  stringAs(identifier: number, type: number): string {
    const end = this.enter(identifier);
    const text = decodeString(type, this.bytes, this.contentStart, end);
    this.position = end;
    return text;
  }

  utcTime(): Date {
    const end = this.enter(tag.utcTime);
    const date = decodeUtcTime(this.bytes, this.contentStart, end);
    this.position = end;
    return date;
  }

  generalizedTime(identifier: number = tag.generalizedTime): Date {
    const end = this.enter(identifier);
    const date = decodeGeneralizedTime(this.bytes, this.contentStart, end);
    this.position = end;
    return date;
  }

  /** Either time type. NOT checked: that UTCTime is used through 2049 (RFC 5280 4.1.2.5); lint does. */
  time(): Date {
    return this.peekTag() === tag.utcTime ? this.utcTime() : this.generalizedTime();
  }

  /** The whole next element, whatever it is: header checked, content not. */
  any(): Uint8Array {
    const start = this.position;
    const end = this.enterAny();
    this.position = end;
    return this.bytes.subarray(start, end);
  }

  /** As `any`, taken apart. */
  rawElement(): RawElement {
    const start = this.position;
    const end = this.enterAny();
    const contentStart = this.contentStart;
    this.position = end;
    return {
      tag: this.bytes[start] as number,
      headerLength: contentStart - start,
      content: this.bytes.subarray(contentStart, end),
      der: this.bytes.subarray(start, end),
    };
  }

  private enterAny(): number {
    const identifier = this.peekTag();
    if (identifier === 0) throw new DerError('unexpected-tag', this.position, 'X.690 8.1.5', 'end-of-contents octets');
    if (identifier >= 0 && (identifier & 0x1f) === 0x1f) this.highTag();
    return this.enter(identifier);
  }

  // Checks the identifier and the length of the next element, remembers where its content starts, returns where it ends.
  private enter(expected: number): number {
    const at = this.position;
    if (at >= this.limit) throw new DerError('truncated', at, 'X.690 8.1', 'an element is missing');
    if (this.bytes[at] !== expected) this.unexpected(`tag ${hex(expected)}`);
    const packed = readLength(this.bytes, at + 1, this.limit);
    const octets = packed % 8;
    this.contentStart = at + 1 + octets;
    return this.contentStart + (packed - octets) / 8;
  }

  private unexpected(wanted: string): never {
    const at = this.position;
    const found = this.peekTag();
    if (found === -1) throw new DerError('truncated', at, 'X.690 8.1', `${wanted} is missing`);
    if ((found & 0x1f) === 0x1f) this.highTag();
    if (found !== 0x30 && found !== 0x31 && found >= 0x20 && found < 0x40) {
      throw new DerError(
        'constructed-string',
        at,
        'X.690 10.2',
        `constructed encoding ${hex(found)} of a primitive type`,
      );
    }
    throw new DerError('unexpected-tag', at, 'X.690 8.1.2', `tag ${hex(found)} instead of ${wanted}`);
  }

  private highTag(): never {
    throw new DerError('high-tag', this.position, 'X.690 8.1.2.4', 'tag number above 30');
  }
}

function hex(octet: number): string {
  return octet.toString(16).padStart(2, '0');
}
