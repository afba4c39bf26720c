import type { CertificateRule } from '../rule.ts';

/** Every extension that we know is well formed. */
export const extensionUnreadable: CertificateRule = {
  id: 'e_rfc5280_extension_unreadable',
  severity: 'error',
  source: 'RFC 5280 4.2',
  check({ problems }) {
    return problems.length === 0 ? undefined : problems.join('; ');
  },
};
