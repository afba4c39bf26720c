import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** The common name is exactly domain-signing-authority. */
export const gatewaySignCommonName: CertificateRule = {
  id: 'e_dom1_gateway_sign_common_name',
  severity: 'error',
  source: 'DOM-1; RFC 3183 3.1.1',
  purposes: ['gateway-sign'],
  check(subject) {
    const names = subject.attributeValues(oid.commonName);
    return names.length === 1 && names[0] === 'domain-signing-authority'
      ? undefined
      : 'the common name is not domain-signing-authority';
  },
};
