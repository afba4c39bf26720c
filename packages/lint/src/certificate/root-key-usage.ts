import { keyUsageProblem } from '../expected-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** keyUsage is what the profile root says. */
export const rootKeyUsage: CertificateRule = {
  id: 'e_prf_root_key_usage',
  severity: 'error',
  source: 'PRF-R',
  purposes: ['root'],
  check(subject) {
    return keyUsageProblem(subject);
  },
};
