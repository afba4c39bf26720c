import type { CertificateRule } from '../rule.ts';
import { validityDays } from '../validity.ts';
import { tlsMaxDays } from '../validity-caps.ts';

/** TLS certificates are valid for 200, 100, 47 days by the date they begin. */
export const tlsValidity: CertificateRule = {
  id: 'e_prft_validity',
  severity: 'error',
  source: 'PRF-T; BR 6.3.2',
  purposes: ['tls-server'],
  check({ tbs }) {
    const cap = tlsMaxDays(tbs.notBefore);
    const days = validityDays(tbs);
    return days > cap
      ? `the certificate is valid for ${days} days, at most ${cap} are allowed from its date`
      : undefined;
  },
};
