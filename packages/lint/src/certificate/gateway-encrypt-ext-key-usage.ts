import { extKeyUsageProblem } from '../expected-ext-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** extKeyUsage is what the profile gateway-encrypt says. */
export const gatewayEncryptExtKeyUsage: CertificateRule = {
  id: 'e_prf_gateway_encrypt_ext_key_usage',
  severity: 'error',
  source: 'PRF-GE',
  purposes: ['gateway-encrypt'],
  check(subject) {
    return extKeyUsageProblem(subject);
  },
};
