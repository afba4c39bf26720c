import { derExplicit, derInteger, derSequence, derTime } from '@see/asn1';
import { type Extension, encodeExtensions } from './extension.ts';

export interface CertificateTemplate {
  /** Unsigned; written as the shortest INTEGER. */
  readonly serialNumber: Uint8Array;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subjectDer: Uint8Array;
  readonly spki: Uint8Array;
  /** In this order; at least one. */
  readonly extensions: readonly Extension[];
}

/**
 * tbsCertificate v3 (RFC 5280 4.1): the octets to sign. The parts that are DER go in as they are. NOT checked: anything
 * that lint checks. Throws for fractions of seconds, no extensions, one twice.
 */
export function buildTbsCertificate(template: CertificateTemplate): Uint8Array {
  return derSequence(
    derExplicit(0, derInteger(2)),
    derInteger(template.serialNumber),
    template.signatureAlgorithmDer,
    template.issuerDer,
    derSequence(derTime(template.notBefore), derTime(template.notAfter)),
    template.subjectDer,
    template.spki,
    derExplicit(3, encodeExtensions(template.extensions)),
  );
}
