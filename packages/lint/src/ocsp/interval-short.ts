import type { OcspRule } from '../rule.ts';
import { DAY } from '../validity.ts';

/** An answer that is stored is good for eight hours at least. */
export const intervalShort: OcspRule = {
  id: 'n_rev24_interval_short',
  severity: 'notice',
  source: 'REV-24; BR 4.9.10',
  check({ basic }) {
    const short = basic.responses.some(
      ({ thisUpdate, nextUpdate }) => nextUpdate !== undefined && nextUpdate.getTime() - thisUpdate.getTime() < DAY / 3,
    );
    return short ? 'an answer is good for less than eight hours' : undefined;
  },
};
