import type { OcspRule } from '../rule.ts';

/** producedAt is not in the future. */
export const producedInFuture: OcspRule = {
  id: 'e_rev24_produced_in_future',
  severity: 'error',
  source: 'REV-24',
  check({ basic, context }) {
    return basic.producedAt > context.now ? 'producedAt is after the time of signing' : undefined;
  },
};
