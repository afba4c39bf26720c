import type { OcspRule } from '../rule.ts';
import { DAY } from '../validity.ts';

/** An answer is good for ten days at most. */
export const intervalLong: OcspRule = {
  id: 'e_rev24_interval_long',
  severity: 'error',
  source: 'REV-24; BR 4.9.10',
  check({ basic }) {
    const long = basic.responses.some(
      ({ thisUpdate, nextUpdate }) =>
        nextUpdate !== undefined && nextUpdate.getTime() - thisUpdate.getTime() > 10 * DAY,
    );
    return long ? 'an answer is good for more than ten days' : undefined;
  },
};
