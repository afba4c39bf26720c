import type { CertificateRule } from '../rule.ts';

/** issuer is not empty. */
export const issuerEmpty: CertificateRule = {
  id: 'e_rfc5280_issuer_empty',
  severity: 'error',
  source: 'RFC 5280 4.1.2.4',
  check({ tbs }) {
    return tbs.issuer.length === 0 ? 'issuer is an empty name' : undefined;
  },
};
