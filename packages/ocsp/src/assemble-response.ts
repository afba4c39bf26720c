import { derBitString, derEnumerated, derExplicit, derOctetString, derOid, derSequence } from '@see/asn1';
import { oid } from '@see/x509';

/**
 * A successful OCSPResponse around signed response data. `certs` holds the delegate's certificate and no root (REV-23);
 * none for an answer that the CA key signed.
 */
export function assembleOcspResponse(
  tbsResponseData: Uint8Array,
  signatureAlgorithmDer: Uint8Array,
  signature: Uint8Array,
  certs: readonly Uint8Array[],
): Uint8Array {
  const parts = [tbsResponseData, signatureAlgorithmDer, derBitString(signature)];
  if (certs.length > 0) parts.push(derExplicit(0, derSequence(...certs)));
  const responseBytes = derSequence(derOid(oid.ocspBasic), derOctetString(derSequence(...parts)));
  return derSequence(derEnumerated(0), derExplicit(0, responseBytes));
}
