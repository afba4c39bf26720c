import { gatewayPurposes, userPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';
import { validityDays } from '../validity.ts';

/** Gateways and people get a new key every 397 days. */
export const validityRecommended: CertificateRule = {
  id: 'n_prf_validity_recommended',
  severity: 'notice',
  source: 'PRF-G; PRF-UA',
  purposes: [...gatewayPurposes, ...userPurposes],
  check({ tbs }) {
    return validityDays(tbs) > 397 ? `the certificate is valid for ${validityDays(tbs)} days` : undefined;
  },
};
