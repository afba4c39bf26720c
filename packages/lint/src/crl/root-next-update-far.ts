import type { CrlRule } from '../rule.ts';
import { DAY } from '../validity.ts';

/** The CRL of the root is good for twelve months at most. */
export const rootNextUpdateFar: CrlRule = {
  id: 'e_rev2_root_next_update_far',
  severity: 'error',
  source: 'REV-2; SBR 4.9.7',
  purposes: ['root'],
  check({ crl }) {
    return crl.nextUpdate !== undefined && crl.nextUpdate.getTime() - crl.thisUpdate.getTime() > 366 * DAY
      ? 'nextUpdate is more than twelve months away'
      : undefined;
  },
};
