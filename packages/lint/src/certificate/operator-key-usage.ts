import { keyUsageProblem } from '../expected-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** keyUsage is what the profile operator says. */
export const operatorKeyUsage: CertificateRule = {
  id: 'e_prf_operator_key_usage',
  severity: 'error',
  source: 'PRF 3.8',
  purposes: ['operator'],
  check(subject) {
    return keyUsageProblem(subject);
  },
};
