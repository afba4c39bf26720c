import { keyUsageProblem } from '../expected-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** keyUsage is what the profile tls-server says. */
export const tlsServerKeyUsage: CertificateRule = {
  id: 'e_prf_tls_server_key_usage',
  severity: 'error',
  source: 'PRF-T',
  purposes: ['tls-server'],
  check(subject) {
    return keyUsageProblem(subject);
  },
};
