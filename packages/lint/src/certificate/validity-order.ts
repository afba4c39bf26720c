import type { CertificateRule } from '../rule.ts';

/** The validity ends after it begins. */
export const validityOrder: CertificateRule = {
  id: 'e_rfc5280_validity_order',
  severity: 'error',
  source: 'RFC 5280 4.1.2.5',
  check({ tbs: { notBefore, notAfter } }) {
    return notAfter <= notBefore ? 'notAfter is not after notBefore' : undefined;
  },
};
