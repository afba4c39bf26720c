import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** The common name is exactly domain-confidentiality-authority. */
export const gatewayEncryptCommonName: CertificateRule = {
  id: 'e_dom1_gateway_encrypt_common_name',
  severity: 'error',
  source: 'DOM-1; RFC 3183 4.1',
  purposes: ['gateway-encrypt'],
  check(subject) {
    const names = subject.attributeValues(oid.commonName);
    return names.length === 1 && names[0] === 'domain-confidentiality-authority'
      ? undefined
      : 'the common name is not domain-confidentiality-authority';
  },
};
