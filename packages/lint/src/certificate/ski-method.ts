import { equalBytes } from '@see/asn1';
import { keyIdentifierOf } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** The key identifier is the leftmost 160 bits of SHA-256 over the key bits. */
export const skiMethod: CertificateRule = {
  id: 'e_prf0_ski_method',
  severity: 'error',
  source: 'PRF-0.12; RFC 7093 2',
  check({ subjectKeyIdentifier, key }) {
    if (subjectKeyIdentifier === undefined || key === undefined) return undefined;
    return equalBytes(subjectKeyIdentifier, keyIdentifierOf(key))
      ? undefined
      : 'subjectKeyIdentifier is not the hash of the key';
  },
};
