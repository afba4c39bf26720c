import { extKeyUsageProblem } from '../expected-ext-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** extKeyUsage is what the profile user-sign says. */
export const userSignExtKeyUsage: CertificateRule = {
  id: 'e_prf_user_sign_ext_key_usage',
  severity: 'error',
  source: 'PRF-US',
  purposes: ['user-sign'],
  check(subject) {
    return extKeyUsageProblem(subject);
  },
};
