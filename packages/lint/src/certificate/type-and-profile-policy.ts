import { subscriberPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** A subscriber certificate asserts a type and a profile: at least two policies. */
export const typeAndProfilePolicy: CertificateRule = {
  id: 'e_see20_type_and_profile_policy',
  severity: 'error',
  source: 'SEE-20; design section 6',
  purposes: subscriberPurposes,
  check({ policies }) {
    return policies !== undefined && policies.length < 2
      ? 'only one policy is asserted: type and profile are two'
      : undefined;
  },
};
