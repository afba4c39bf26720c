import { keyUsageProblem } from '../expected-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** keyUsage is what the profile user-auth says. */
export const userAuthKeyUsage: CertificateRule = {
  id: 'e_prf_user_auth_key_usage',
  severity: 'error',
  source: 'PRF-UA',
  purposes: ['user-auth'],
  check(subject) {
    return keyUsageProblem(subject);
  },
};
