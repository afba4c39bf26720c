import type { CertificateRule } from '../rule.ts';
import { validityDays } from '../validity.ts';

/** The validity keeps the cap of the profile in force. */
export const validityOfProfile: CertificateRule = {
  id: 'e_prf_validity_of_profile',
  severity: 'error',
  source: 'design section 6',
  check({ tbs, context }) {
    const cap = context.profile?.maxValidityDays;
    const days = validityDays(tbs);
    return cap !== undefined && days > cap
      ? `the certificate is valid for ${days} days, the profile allows ${cap}`
      : undefined;
  },
};
