import { signatureHolds } from '@see/verify';
import { type Certificate, parseCertificate } from '@see/x509';
import type { TrustedCa } from '../trust/trusted-ca.ts';

/**
 * The certificate in these octets when it is genuine: strict DER, this serial number, this CA as issuer, and signed by
 * the CA's key. Undefined otherwise, so a forged row never leads to a `good`. The signature is verified in the pool.
 */
export async function examineCertificate(
  der: Uint8Array,
  ca: TrustedCa,
  serial: string,
): Promise<Certificate | undefined> {
  let certificate: Certificate;
  try {
    certificate = parseCertificate(der);
  } catch {
    return undefined;
  }
  if (certificate.serialHex !== serial) return undefined;
  if (!Buffer.from(certificate.issuerDer).equals(ca.certificate.subjectDer)) return undefined;
  return (await signatureHolds(certificate, ca.publicKey)) ? certificate : undefined;
}
