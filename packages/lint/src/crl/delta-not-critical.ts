import { oid } from '@see/x509';
import type { CrlRule } from '../rule.ts';

/** deltaCRLIndicator is critical. */
export const deltaNotCritical: CrlRule = {
  id: 'e_rev10_delta_not_critical',
  severity: 'error',
  source: 'REV-10; RFC 5280 5.2.4',
  check({ crl }) {
    return crl.extension(oid.deltaCrlIndicator)?.critical === false ? 'deltaCRLIndicator is not critical' : undefined;
  },
};
