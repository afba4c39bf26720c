import { keyUsageProblem } from '../expected-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** keyUsage is what the profile gateway-encrypt says. */
export const gatewayEncryptKeyUsage: CertificateRule = {
  id: 'e_prf_gateway_encrypt_key_usage',
  severity: 'error',
  source: 'PRF-GE',
  purposes: ['gateway-encrypt'],
  check(subject) {
    return keyUsageProblem(subject);
  },
};
