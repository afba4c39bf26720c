import { extKeyUsageProblem } from '../expected-ext-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** extKeyUsage is what the profile user-encrypt says. */
export const userEncryptExtKeyUsage: CertificateRule = {
  id: 'e_prf_user_encrypt_ext_key_usage',
  severity: 'error',
  source: 'PRF-UE',
  purposes: ['user-encrypt'],
  check(subject) {
    return extKeyUsageProblem(subject);
  },
};
