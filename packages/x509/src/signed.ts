import { DerReader, derBitString, derSequence } from '@see/asn1';
import { X509Error } from './x509-error.ts';

/** The three parts that certificates, CRLs and requests share (RFC 5280 4.1.1). Views on the input. */
export interface SignedParts {
  readonly tbs: Uint8Array;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly signature: Uint8Array;
}

/** Puts a signature under what was signed: `SEQUENCE { tbs, signatureAlgorithm, BIT STRING }`. Nothing is checked. */
export function assembleSigned(tbs: Uint8Array, signatureAlgorithmDer: Uint8Array, signature: Uint8Array): Uint8Array {
  return derSequence(tbs, signatureAlgorithmDer, derBitString(signature));
}

/** Takes a signed structure apart: exactly three parts and nothing after them, the signature whole octets and not empty. */
export function readSigned(der: Uint8Array, maxBytes?: number): SignedParts {
  const reader = DerReader.of(der, maxBytes === undefined ? {} : { maxBytes });
  const sequence = reader.sequence();
  reader.end();
  const tbs = sequence.any();
  const signatureAlgorithmDer = sequence.any();
  const signature = sequence.octetAlignedBitString();
  sequence.end();
  if (signature.length === 0) throw new X509Error('bad-signature', 'RFC 5280 4.1.1.3', 'the signature is empty');
  return { tbs, signatureAlgorithmDer, signature };
}
