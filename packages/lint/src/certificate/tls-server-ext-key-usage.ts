import { extKeyUsageProblem } from '../expected-ext-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** extKeyUsage is what the profile tls-server says. */
export const tlsServerExtKeyUsage: CertificateRule = {
  id: 'e_prf_tls_server_ext_key_usage',
  severity: 'error',
  source: 'PRF-T',
  purposes: ['tls-server'],
  check(subject) {
    return extKeyUsageProblem(subject);
  },
};
