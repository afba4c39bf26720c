import { extKeyUsageProblem } from '../expected-ext-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** extKeyUsage is what the profile operator says. */
export const operatorExtKeyUsage: CertificateRule = {
  id: 'e_prf_operator_ext_key_usage',
  severity: 'error',
  source: 'PRF 3.8',
  purposes: ['operator'],
  check(subject) {
    return extKeyUsageProblem(subject);
  },
};
