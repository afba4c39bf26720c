import { keyUsageProblem } from '../expected-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** keyUsage is what the profile user-encrypt says. */
export const userEncryptKeyUsage: CertificateRule = {
  id: 'e_prf_user_encrypt_key_usage',
  severity: 'error',
  source: 'PRF-UE',
  purposes: ['user-encrypt'],
  check(subject) {
    return keyUsageProblem(subject);
  },
};
