import type { CertificateRule } from '../rule.ts';
import { validityDays } from '../validity.ts';

/** A delegate lives for at most 14 days. */
export const delegateLongLived: CertificateRule = {
  id: 'w_prfo_long_lived',
  severity: 'warning',
  source: 'PRF-O; design section 4',
  purposes: ['ocsp-responder'],
  check({ tbs }) {
    return validityDays(tbs) > 14 ? `the delegate is valid for ${validityDays(tbs)} days` : undefined;
  },
};
