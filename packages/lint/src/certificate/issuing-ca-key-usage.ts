import { keyUsageProblem } from '../expected-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** keyUsage is what the profile issuing-ca says. */
export const issuingCaKeyUsage: CertificateRule = {
  id: 'e_prf_issuing_ca_key_usage',
  severity: 'error',
  source: 'PRF-I',
  purposes: ['issuing-ca'],
  check(subject) {
    return keyUsageProblem(subject);
  },
};
