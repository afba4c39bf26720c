import type { OcspRule } from '../rule.ts';

/** An answer says until when it is good. */
export const nextUpdateMissing: OcspRule = {
  id: 'e_rev24_next_update_missing',
  severity: 'error',
  source: 'REV-24; RFC 9919 3.2.4',
  check({ basic }) {
    return basic.responses.some(({ nextUpdate }) => nextUpdate === undefined) ? 'nextUpdate is missing' : undefined;
  },
};
