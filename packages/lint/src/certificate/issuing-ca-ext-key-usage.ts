import { extKeyUsageProblem } from '../expected-ext-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** extKeyUsage is what the profile issuing-ca says. */
export const issuingCaExtKeyUsage: CertificateRule = {
  id: 'e_prf_issuing_ca_ext_key_usage',
  severity: 'error',
  source: 'PRF-I',
  purposes: ['issuing-ca'],
  check(subject) {
    return extKeyUsageProblem(subject);
  },
};
