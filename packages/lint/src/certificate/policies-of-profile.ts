import type { CertificateRule } from '../rule.ts';
import { sameSet } from '../same-set.ts';

/** The policies are those of the profile in force. */
export const policiesOfProfile: CertificateRule = {
  id: 'e_prf_policies_of_profile',
  severity: 'error',
  source: 'SEE-R1; design section 6',
  check({ policies = [], context }) {
    const wanted = context.profile?.policyOids;
    if (wanted === undefined) return undefined;
    const found = policies.map((policy) => policy.oid);
    return sameSet(found, wanted) ? undefined : `the policies are ${found.join(', ')} instead of ${wanted.join(', ')}`;
  },
};
