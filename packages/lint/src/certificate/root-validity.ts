import type { CertificateRule } from '../rule.ts';
import { validityDays } from '../validity.ts';

/** A root is valid for 8 to 25 years. */
export const rootValidity: CertificateRule = {
  id: 'e_prfr_validity',
  severity: 'error',
  source: 'PRF-R; BR 7.1.2.1.1',
  purposes: ['root'],
  check({ tbs }) {
    const days = validityDays(tbs);
    return days < 2922 || days > 9132 ? `the root is valid for ${days} days` : undefined;
  },
};
