import type { CertificateRule } from '../rule.ts';

/** Every mail address is domain-signing-authority at a domain. */
export const gatewaySignMailAddress: CertificateRule = {
  id: 'e_dom1_gateway_sign_mail_address',
  severity: 'error',
  source: 'DOM-1; PRF-G',
  purposes: ['gateway-sign'],
  check({ subjectAltName = [] }) {
    const wrong = subjectAltName.some(
      (name) => name.kind === 'rfc822Name' && !name.value.startsWith('domain-signing-authority@'),
    );
    return wrong ? 'a mail address is not that of a domain-signing-authority' : undefined;
  },
};
