import { oid } from '@see/x509';
import type { CrlRule } from '../rule.ts';

/** freshestCRL is not critical. */
export const freshestCritical: CrlRule = {
  id: 'e_rev10_freshest_critical',
  severity: 'error',
  source: 'REV-10; RFC 5280 5.2.6',
  check({ crl }) {
    return crl.extension(oid.freshestCrl)?.critical ? 'freshestCRL is critical' : undefined;
  },
};
