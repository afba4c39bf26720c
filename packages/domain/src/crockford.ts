const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Octets as Crockford base 32, five bits a character, no padding. The input length must be a multiple of five. */
export function crockford(bytes: Uint8Array): string {
  if (bytes.length % 5 !== 0) throw new RangeError('a multiple of five octets is needed');
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return text;
}
