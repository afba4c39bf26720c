import type { OcspRule } from '../rule.ts';

/** thisUpdate is not after producedAt, nextUpdate is after thisUpdate. */
export const updateOrder: OcspRule = {
  id: 'e_rev24_update_order',
  severity: 'error',
  source: 'REV-24',
  check({ basic: { producedAt, responses } }) {
    if (responses.some(({ thisUpdate }) => thisUpdate > producedAt)) return 'thisUpdate is after producedAt';
    return responses.some(({ thisUpdate, nextUpdate }) => nextUpdate !== undefined && nextUpdate <= thisUpdate)
      ? 'nextUpdate is not after thisUpdate'
      : undefined;
  },
};
