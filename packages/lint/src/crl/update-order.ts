import type { CrlRule } from '../rule.ts';

/** nextUpdate is after thisUpdate. */
export const updateOrder: CrlRule = {
  id: 'e_rev2_update_order',
  severity: 'error',
  source: 'REV-2',
  check({ crl }) {
    return crl.nextUpdate !== undefined && crl.nextUpdate <= crl.thisUpdate
      ? 'nextUpdate is not after thisUpdate'
      : undefined;
  },
};
