import type { CrlRule } from '../rule.ts';

/** Every extension that we know is well formed. */
export const extensionUnreadable: CrlRule = {
  id: 'e_rfc5280_crl_extension_unreadable',
  severity: 'error',
  source: 'RFC 5280 5.2',
  check({ problems }) {
    return problems.length === 0 ? undefined : problems.join('; ');
  },
};
