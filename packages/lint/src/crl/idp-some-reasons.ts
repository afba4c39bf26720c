import type { CrlRule } from '../rule.ts';

/** A CRL should cover all reasons. */
export const idpSomeReasons: CrlRule = {
  id: 'w_rev12_idp_some_reasons',
  severity: 'warning',
  source: 'REV-12',
  check({ issuingDistributionPoint: point }) {
    return point?.onlySomeReasons === undefined ? undefined : 'the CRL covers some reasons only';
  },
};
