import { leafPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';
import { validityDays } from '../validity.ts';
import { maxDays } from '../validity-caps.ts';

/** End-entity certificates keep the cap of their profile. */
export const validityTooLong: CertificateRule = {
  id: 'e_prf_validity_too_long',
  severity: 'error',
  source: 'PRF-G; PRF-UA; PRF-O; PRF 3.8',
  purposes: leafPurposes,
  check({ tbs, purpose }) {
    const days = validityDays(tbs);
    const cap = maxDays[purpose];
    return cap !== undefined && days > cap
      ? `the certificate is valid for ${days} days, at most ${cap} are allowed`
      : undefined;
  },
};
