import { DerReader, tag } from '@see/asn1';

/** A time as it is encoded: RFC 5280 wants UTCTime through 2049 and GeneralizedTime from 2050. */
export function hasRightTimeType(identifier: number, date: Date): boolean {
  return (identifier === tag.utcTime) === date.getUTCFullYear() < 2050;
}

/** The identifier octets of the two times of a Validity that was read before. */
export function validityTags(validityDer: Uint8Array): readonly [notBefore: number, notAfter: number] {
  const sequence = DerReader.of(validityDer).sequence();
  const notBefore = sequence.peekTag();
  sequence.any();
  return [notBefore, sequence.peekTag()];
}
