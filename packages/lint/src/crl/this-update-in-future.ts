import type { CrlRule } from '../rule.ts';

/** thisUpdate is not in the future. */
export const thisUpdateInFuture: CrlRule = {
  id: 'e_rev2_this_update_in_future',
  severity: 'error',
  source: 'REV-2',
  check({ crl, context }) {
    return crl.thisUpdate > context.now ? 'thisUpdate is after the time of signing' : undefined;
  },
};
