import { extKeyUsageProblem } from '../expected-ext-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** extKeyUsage is what the profile ocsp-responder says. */
export const ocspResponderExtKeyUsage: CertificateRule = {
  id: 'e_prf_ocsp_responder_ext_key_usage',
  severity: 'error',
  source: 'PRF-O',
  purposes: ['ocsp-responder'],
  check(subject) {
    return extKeyUsageProblem(subject);
  },
};
