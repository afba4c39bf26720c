import type { CrlRule } from '../rule.ts';
import { DAY } from '../validity.ts';

/** A CRL of end entities is good for ten days at most. */
export const nextUpdateFar: CrlRule = {
  id: 'e_rev2_next_update_far',
  severity: 'error',
  source: 'REV-2; SBR 4.9.7',
  purposes: ['issuing-ca'],
  check({ crl }) {
    return crl.nextUpdate !== undefined && crl.nextUpdate.getTime() - crl.thisUpdate.getTime() > 10 * DAY
      ? 'nextUpdate is more than ten days away'
      : undefined;
  },
};
