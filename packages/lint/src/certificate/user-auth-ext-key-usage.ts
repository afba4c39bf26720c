import { extKeyUsageProblem } from '../expected-ext-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** extKeyUsage is what the profile user-auth says. */
export const userAuthExtKeyUsage: CertificateRule = {
  id: 'e_prf_user_auth_ext_key_usage',
  severity: 'error',
  source: 'PRF-UA',
  purposes: ['user-auth'],
  check(subject) {
    return extKeyUsageProblem(subject);
  },
};
