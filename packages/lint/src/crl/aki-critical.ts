import { oid } from '@see/x509';
import type { CrlRule } from '../rule.ts';

/** authorityKeyIdentifier is not critical. */
export const akiCritical: CrlRule = {
  id: 'e_rfc5280_crl_aki_critical',
  severity: 'error',
  source: 'RFC 5280 5.2.1',
  check({ crl }) {
    return crl.extension(oid.authorityKeyIdentifier)?.critical ? 'authorityKeyIdentifier is critical' : undefined;
  },
};
