import { keyUsageProblem } from '../expected-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** keyUsage is what the profile ocsp-responder says. */
export const ocspResponderKeyUsage: CertificateRule = {
  id: 'e_prf_ocsp_responder_key_usage',
  severity: 'error',
  source: 'PRF-O',
  purposes: ['ocsp-responder'],
  check(subject) {
    return keyUsageProblem(subject);
  },
};
