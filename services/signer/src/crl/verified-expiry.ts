import { verify } from 'node:crypto';
import { hashOf, type IssuingCa } from '@see/issuance';
import { parseCertificate } from '@see/x509';

/**
 * notAfter by serial number (hex) of the certificates among `octets` that this CA really signed. What does not parse or
 * verify is left out: then nothing is known of its expiry.
 */
export function verifiedExpiries(octets: readonly Uint8Array[], ca: IssuingCa): Map<string, Date> {
  const found = new Map<string, Date>();
  for (const der of octets) {
    try {
      const { tbs, signature, serialHex, notAfter } = parseCertificate(der);
      if (verify(hashOf(ca.key.algorithm), tbs, ca.key.publicKey, signature)) found.set(serialHex, notAfter);
    } catch {
      // Not a certificate: it says nothing, and the entry stays.
    }
  }
  return found;
}
