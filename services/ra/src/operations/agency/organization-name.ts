import { nameAttribute, oid, parseCertificate } from '@see/x509';

/** The organizationName in a certificate's subject; undefined where it has none. Throws DerError for what is no certificate. */
export function organizationNameOf(der: Uint8Array): string | undefined {
  return nameAttribute(parseCertificate(der).subject, oid.organizationName);
}
