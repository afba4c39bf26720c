import type { CertificateRule } from '../rule.ts';
import { validityDays } from '../validity.ts';

/** An issuing CA is valid for at most ten years. */
export const issuingCaValidity: CertificateRule = {
  id: 'w_prfi_validity',
  severity: 'warning',
  source: 'PRF-I',
  purposes: ['issuing-ca'],
  check({ tbs }) {
    return validityDays(tbs) > 3653 ? `the CA is valid for ${validityDays(tbs)} days` : undefined;
  },
};
