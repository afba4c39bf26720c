import type { CertificateRule } from '../rule.ts';

/** Unique identifiers are not used. */
export const uniqueIdentifiers: CertificateRule = {
  id: 'e_prf0_unique_identifiers',
  severity: 'error',
  source: 'PRF-0.1; RFC 5280 4.1.2.8',
  check({ tbs }) {
    return tbs.hasUniqueIdentifiers ? 'the certificate has issuer or subject unique identifiers' : undefined;
  },
};
