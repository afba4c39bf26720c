import { derExplicit, derSequence } from '@see/asn1';
import { encodeExtensions } from '@see/x509';
import { nonceExtension } from './nonce.ts';

/** An unsigned OCSPRequest for these CertIDs (DER each), with a nonce where one is given. */
export function buildOcspRequest(certIds: readonly Uint8Array[], nonce?: Uint8Array): Uint8Array {
  const list = derSequence(...certIds.map((certId) => derSequence(certId)));
  if (nonce === undefined) return derSequence(derSequence(list));
  return derSequence(derSequence(list, derExplicit(2, encodeExtensions([nonceExtension(nonce)]))));
}
