import { keyUsageProblem } from '../expected-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** keyUsage is what the profile user-sign says. */
export const userSignKeyUsage: CertificateRule = {
  id: 'e_prf_user_sign_key_usage',
  severity: 'error',
  source: 'PRF-US',
  purposes: ['user-sign'],
  check(subject) {
    return keyUsageProblem(subject);
  },
};
