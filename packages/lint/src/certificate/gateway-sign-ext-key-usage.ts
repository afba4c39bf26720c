import { extKeyUsageProblem } from '../expected-ext-key-usage.ts';
import type { CertificateRule } from '../rule.ts';

/** extKeyUsage is what the profile gateway-sign says. */
export const gatewaySignExtKeyUsage: CertificateRule = {
  id: 'e_prf_gateway_sign_ext_key_usage',
  severity: 'error',
  source: 'PRF-GS',
  purposes: ['gateway-sign'],
  check(subject) {
    return extKeyUsageProblem(subject);
  },
};
