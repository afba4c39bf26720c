import { oid } from '@see/x509';
import type { CrlRule } from '../rule.ts';

/** issuingDistributionPoint is critical. */
export const idpNotCritical: CrlRule = {
  id: 'e_rev12_idp_not_critical',
  severity: 'error',
  source: 'REV-12; RFC 5280 5.2.5',
  check({ crl }) {
    return crl.extension(oid.issuingDistributionPoint)?.critical === false
      ? 'issuingDistributionPoint is not critical'
      : undefined;
  },
};
