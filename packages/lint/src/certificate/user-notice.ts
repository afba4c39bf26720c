import type { CertificateRule } from '../rule.ts';

/** User notices are discouraged. */
export const userNotice: CertificateRule = {
  id: 'w_see23_user_notice',
  severity: 'warning',
  source: 'SEE-23; RFC 5280 4.2.1.4',
  check({ policies = [] }) {
    return policies.some(({ userNotice }) => userNotice !== undefined) ? 'a policy has a user notice' : undefined;
  },
};
