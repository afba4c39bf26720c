import { derExplicit, derImplicit, derInteger, derOid, derSequence, derSet } from '@see/asn1';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const DATA = '1.2.840.113549.1.7.1';

/** Certificates in a SignedData without content and signers (RFC 5652 5.1, RFC 8551 3.2.2 "certs-only"), in the order given. */
export function certsOnly(certificates: readonly Uint8Array[]): Uint8Array {
  const signedData = derSequence(
    derInteger(1),
    derSet(),
    derSequence(derOid(DATA)),
    derImplicit(0, derSet(...certificates)),
    derSet(),
  );
  return derSequence(derOid(SIGNED_DATA), derExplicit(0, signedData));
}
