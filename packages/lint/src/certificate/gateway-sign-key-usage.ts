import { keyUsageProblem } from '../expected-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** keyUsage is what the profile gateway-sign says. */
export const gatewaySignKeyUsage: CertificateRule = {
  id: 'e_prf_gateway_sign_key_usage',
  severity: 'error',
  source: 'PRF-GS',
  purposes: ['gateway-sign'],
  check(subject) {
    return keyUsageProblem(subject);
  },
};
