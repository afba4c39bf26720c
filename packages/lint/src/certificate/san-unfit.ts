import { DerError } from '@see/asn1';
import { checkGeneralName, X509Error } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** Every alternative name is well formed. */
export const sanUnfit: CertificateRule = {
  id: 'e_rfc5280_san_unfit',
  severity: 'error',
  source: 'PRF-0.9; RFC 5280 4.2.1.6',
  check({ subjectAltName = [] }) {
    for (const name of subjectAltName) {
      try {
        checkGeneralName(name);
      } catch (error) {
        if (error instanceof X509Error || error instanceof DerError) return error.message;
        throw error;
      }
    }
    return undefined;
  },
};
