import type { CertificateRule } from '../rule.ts';

/** Every mail address is domain-confidentiality-authority at a domain. */
export const gatewayEncryptMailAddress: CertificateRule = {
  id: 'e_dom1_gateway_encrypt_mail_address',
  severity: 'error',
  source: 'DOM-1; PRF-G',
  purposes: ['gateway-encrypt'],
  check({ subjectAltName = [] }) {
    const wrong = subjectAltName.some(
      (name) => name.kind === 'rfc822Name' && !name.value.startsWith('domain-confidentiality-authority@'),
    );
    return wrong ? 'a mail address is not that of a domain-confidentiality-authority' : undefined;
  },
};
