import { isSignedBy } from '@see/verify';
import {
  type Certificate,
  oid,
  parseBasicConstraints,
  parseCertificate,
  parseExtKeyUsage,
  parseKeyUsage,
} from '@see/x509';
import { type ClientCa, isWithin } from './client-ca.ts';

/** Why a client certificate does not hold. */
export type PathFault = 'malformed' | 'other-issuer' | 'not-signed' | 'not-yet-valid' | 'expired' | 'wrong-purpose';

/** A certificate of one of our client CAs, as far as it and they can tell: whether it is revoked, and whose, they cannot. */
export interface CheckedClient {
  readonly certificate: Certificate;
  readonly ca: ClientCa;
}

/** Critical extensions that this code processes, or whose content the signer checked before it signed (names, policies). */
const PROCESSED: ReadonlySet<string> = new Set([
  oid.keyUsage,
  oid.extKeyUsage,
  oid.basicConstraints,
  oid.subjectAltName,
  oid.certificatePolicies,
]);

/**
 * Validates the path from a client certificate to one of the CAs given (RFC 5280 6.1, for a path of one CA below the
 * root): issuer, signature, validity, no critical extension that is not understood, and that it is no CA and may sign
 * and authenticate clients (4.2.1.3, 4.2.1.12). NOT checked, because who calls must find these octets in the registry,
 * and the signer checked them on the final TBS: name constraints and policies. NOT checked either: revocation.
 */
export function checkClientPath(der: Uint8Array, cas: readonly ClientCa[], now: Date): CheckedClient | PathFault {
  let certificate: Certificate;
  try {
    certificate = parseCertificate(der);
  } catch {
    return 'malformed';
  }
  const ca = cas.find(({ certificate: { subjectDer } }) => Buffer.from(subjectDer).equals(certificate.issuerDer));
  if (!ca) return 'other-issuer';
  if (!isSignedBy(certificate, ca.certificate)) return 'not-signed';
  if (now < certificate.notBefore) return 'not-yet-valid';
  if (!isWithin(certificate, now)) return 'expired';
  return mayAuthenticate(certificate) ? { certificate, ca } : 'wrong-purpose';
}

function mayAuthenticate(certificate: Certificate): boolean {
  if (certificate.extensions.some((each) => each.critical && !PROCESSED.has(each.oid))) return false;
  const basic = certificate.extension(oid.basicConstraints);
  const usage = certificate.extension(oid.keyUsage);
  const purposes = certificate.extension(oid.extKeyUsage);
  try {
    return (
      !(basic && parseBasicConstraints(basic.value).cA) &&
      usage !== undefined &&
      parseKeyUsage(usage.value).includes('digitalSignature') &&
      purposes !== undefined &&
      parseExtKeyUsage(purposes.value).includes(oid.clientAuth)
    );
  } catch {
    return false;
  }
}
