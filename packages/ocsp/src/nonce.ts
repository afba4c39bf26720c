import { DerReader, derOctetString } from '@see/asn1';
import { type Extension, oid } from '@see/x509';

/** The nonce extension: an OCTET STRING within the extnValue, not critical (RFC 9654 2.1). */
export function nonceExtension(nonce: Uint8Array): Extension {
  return { oid: oid.ocspNonce, critical: false, value: derOctetString(nonce) };
}

/** The octets of a nonce extension value. Throws DerError. NOT checked: the length. */
export function parseNonce(value: Uint8Array): Uint8Array {
  const reader = DerReader.of(value);
  const nonce = reader.octetString();
  reader.end();
  return nonce;
}
