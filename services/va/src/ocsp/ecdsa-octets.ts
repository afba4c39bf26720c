import { DerReader, derInteger, derSequence } from '@see/asn1';

/** An ECDSA signature as `r || s`, each of `size` octets (IEEE P1363), from its DER (RFC 3279 2.2.3). Throws DerError. */
export function ecdsaOctets(der: Uint8Array, size: number): Uint8Array {
  const reader = DerReader.of(der);
  const pair = reader.sequence();
  reader.end();
  const octets = new Uint8Array(2 * size);
  for (const end of [size, 2 * size]) {
    const integer = pair.integerBytes();
    const value = integer[0] === 0 ? integer.subarray(1) : integer;
    if (value.length > size) throw new RangeError(`an ECDSA signature of more than ${size} octets a part`);
    octets.set(value, end - value.length);
  }
  pair.end();
  return octets;
}

/** The DER of an ECDSA signature from `r || s`. */
export function ecdsaDer(octets: Uint8Array): Uint8Array {
  const half = octets.length / 2;
  return derSequence(derInteger(octets.subarray(0, half)), derInteger(octets.subarray(half)));
}
