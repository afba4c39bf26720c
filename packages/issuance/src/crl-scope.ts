/**
 * What a CRL of one CA key covers: `full` all of its certificates, `delta` what changed since a full one, `<count>-<index>` the
 * certificates of one part of the serial numbers.
 */
export type CrlScope = 'full' | 'delta' | `${number}-${number}`;

/** Serial numbers have these many random bits after the two that are fixed (PRF-0.2); the first of them choose the part. */
const FIXED = 2;
const SERIAL = 16;
const LEADING_BITS = 16;

/**
 * The part to which a certificate's serial number belongs, of `count` parts: a power of two up to 1,024. It is fixed with the
 * serial number (REV-12), and each part is one run of the sorted numbers. Throws RangeError for numbers that this CA does not give.
 */
export function shardOf(serial: Uint8Array, count: number): CrlScope {
  const [first = 0, second = 0] = serial;
  if (serial.length !== SERIAL || first >> 6 !== 1) throw new RangeError('a serial number of another form');
  const leading = ((first & 0x3f) << 8) | second;
  return `${count}-${leading >> (LEADING_BITS - FIXED - bitsOf(count))}`;
}

/** The parts of a count, in the order of the serial numbers. */
export function shardsOf(count: number): CrlScope[] {
  bitsOf(count);
  return Array.from({ length: count }, (_, index): CrlScope => `${count}-${index}`);
}

/** The first serial number of a part, and the first that is behind it; none behind the last. */
export function shardRange(scope: CrlScope): { readonly from: Uint8Array; readonly before: Uint8Array | undefined } {
  const [count = 0, index = 0] = scope.split('-').map(Number);
  return { from: firstOf(count, index), before: index + 1 < count ? firstOf(count, index + 1) : undefined };
}

/** Reads the name of a part; undefined for what is none. */
export function readShard(text: string): CrlScope | undefined {
  const [, count = 0, index = 0] = /^([1-9][0-9]{0,3})-(0|[1-9][0-9]{0,3})$/.exec(text)?.map(Number) ?? [];
  return isCount(count) && index < count ? `${count}-${index}` : undefined;
}

function firstOf(count: number, index: number): Uint8Array {
  const leading = index << (LEADING_BITS - FIXED - bitsOf(count));
  const serial = new Uint8Array(SERIAL);
  serial[0] = 0x40 | (leading >> 8);
  serial[1] = leading & 0xff;
  return serial;
}

function bitsOf(count: number): number {
  if (!isCount(count)) throw new RangeError(`${count} is no power of two from 2 to 1,024`);
  return Math.log2(count);
}

function isCount(count: number): boolean {
  return Number.isInteger(count) && count >= 2 && count <= 1_024 && (count & (count - 1)) === 0;
}
