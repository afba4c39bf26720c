import { PfxError } from './pfx-error.ts';

// FIPS 46-3. Bits are numbered from 1, the most significant, as there.
const INITIAL = rows(
  '58 50 42 34 26 18 10 2 60 52 44 36 28 20 12 4 62 54 46 38 30 22 14 6 64 56 48 40 32 24 16 8 57 49 41 33 25 17 9 1 59 51 43 35 27 19 11 3 61 53 45 37 29 21 13 5 63 55 47 39 31 23 15 7',
);
const FINAL = rows(
  '40 8 48 16 56 24 64 32 39 7 47 15 55 23 63 31 38 6 46 14 54 22 62 30 37 5 45 13 53 21 61 29 36 4 44 12 52 20 60 28 35 3 43 11 51 19 59 27 34 2 42 10 50 18 58 26 33 1 41 9 49 17 57 25',
);
const P = rows('16 7 20 21 29 12 28 17 1 15 23 26 5 18 31 10 2 8 24 14 32 27 3 9 19 13 30 6 22 11 4 25');
const CHOICE_1 = rows(
  '57 49 41 33 25 17 9 1 58 50 42 34 26 18 10 2 59 51 43 35 27 19 11 3 60 52 44 36 63 55 47 39 31 23 15 7 62 54 46 38 30 22 14 6 61 53 45 37 29 21 13 5 28 20 12 4',
);
const CHOICE_2 = rows(
  '14 17 11 24 1 5 3 28 15 6 21 10 23 19 12 4 26 8 16 7 27 20 13 2 41 52 31 37 47 55 30 40 51 45 33 48 44 49 39 56 34 53 46 42 50 36 29 32',
);
const SHIFTS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];
const S = [
  'e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d',
  'f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9',
  'a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c',
  '7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e',
  '2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453',
  'c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d',
  '4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c',
  'd2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b',
].map((box) => box.split(' ').map((row) => Array.from(row, (digit) => Number.parseInt(digit, 16))));

function rows(text: string): readonly number[] {
  return text.split(' ').map(Number);
}

// S-box and P together: for each of the eight boxes and 64 inputs the 32 bits they contribute.
const boxes: readonly Int32Array[] = S.map((box, number) =>
  Int32Array.from({ length: 64 }, (_, input) => {
    const row = ((input >> 4) & 2) | (input & 1);
    const column = (input >> 1) & 15;
    const nibble = box[row]?.[column] as number;
    const placed = BigInt(nibble) << BigInt(28 - number * 4);
    return Number(BigInt.asIntN(32, permute(placed, 32, P)));
  }),
);

function permute(value: bigint, width: number, table: readonly number[]): bigint {
  let result = 0n;
  for (const bit of table) result = (result << 1n) | ((value >> BigInt(width - bit)) & 1n);
  return result;
}

// Sixteen round keys, each as eight groups of six bits.
function schedule(key: bigint): readonly Uint8Array[] {
  const chosen = permute(key, 64, CHOICE_1);
  let c = Number(chosen >> 28n);
  let d = Number(chosen & 0xfffffffn);
  return SHIFTS.map((shift) => {
    c = ((c << shift) | (c >>> (28 - shift))) & 0xfffffff;
    d = ((d << shift) | (d >>> (28 - shift))) & 0xfffffff;
    const round = permute((BigInt(c) << 28n) | BigInt(d), 56, CHOICE_2);
    return Uint8Array.from({ length: 8 }, (_, group) => Number((round >> BigInt(42 - group * 6)) & 63n));
  });
}

function des(block: bigint, keys: readonly Uint8Array[]): bigint {
  const mixed = permute(block, 64, INITIAL);
  let left = Number(mixed >> 32n) | 0;
  let right = Number(mixed & 0xffffffffn) | 0;
  for (const key of keys) {
    const next = left ^ roundFunction(right, key);
    left = right;
    right = next;
  }
  return permute((BigInt(right >>> 0) << 32n) | BigInt(left >>> 0), 64, FINAL);
}

function roundFunction(half: number, key: Uint8Array): number {
  let result = 0;
  for (let box = 0; box < 8; box++) {
    // The expansion E: six bits around each group of four, wrapping at the ends.
    const turn = (box * 4 + 5) & 31;
    const six = ((turn === 0 ? half : (half << turn) | (half >>> (32 - turn))) & 63) ^ (key[box] as number);
    result ^= boxes[box]?.[six] as number;
  }
  return result;
}

function loadKeys(key: Uint8Array): readonly (readonly Uint8Array[])[] {
  if (key.length !== 24) throw new PfxError('malformed', 'a 3DES key has 24 octets');
  return [0, 8, 16].map((at) => schedule(loadBlock(key, at)));
}

function loadBlock(bytes: Uint8Array, at: number): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(at);
}

const backwards = (keys: readonly Uint8Array[] | undefined) => [...(keys ?? [])].reverse();

/** 3DES-EDE in CBC mode with PKCS#7 padding. For old PKCS#12 files only; not constant-time. */
export function tripleDesEncrypt(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Uint8Array<ArrayBuffer> {
  const [first, second, third] = loadKeys(key) as [Uint8Array[], Uint8Array[], Uint8Array[]];
  const padding = 8 - (plaintext.length % 8);
  const result = new Uint8Array(plaintext.length + padding).fill(padding);
  result.set(plaintext);
  const view = new DataView(result.buffer);
  let previous = loadBlock(iv, 0);
  for (let at = 0; at < result.length; at += 8) {
    previous = des(des(des(view.getBigUint64(at) ^ previous, first), backwards(second)), third);
    view.setBigUint64(at, previous);
  }
  return result;
}

/** Undoes `tripleDesEncrypt`. Throws `wrong-password` where the padding is not right. */
export function tripleDesDecrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array<ArrayBuffer> {
  if (ciphertext.length === 0 || ciphertext.length % 8 !== 0) {
    throw new PfxError('malformed', 'the ciphertext is not whole blocks');
  }
  const [first, second, third] = loadKeys(key) as [Uint8Array[], Uint8Array[], Uint8Array[]];
  const [one, two, three] = [backwards(third), second, backwards(first)];
  const result = new Uint8Array(ciphertext.length);
  const view = new DataView(result.buffer);
  let previous = loadBlock(iv, 0);
  for (let at = 0; at < result.length; at += 8) {
    const block = loadBlock(ciphertext, at);
    view.setBigUint64(at, des(des(des(block, one), two), three) ^ previous);
    previous = block;
  }
  const padding = result[result.length - 1] as number;
  if (padding < 1 || padding > 8 || result.subarray(-padding).some((octet) => octet !== padding)) {
    throw new PfxError('wrong-password', 'the password is wrong or the file is damaged');
  }
  return result.slice(0, result.length - padding);
}
