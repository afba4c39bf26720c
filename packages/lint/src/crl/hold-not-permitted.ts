import type { CrlRule } from '../rule.ts';

/** Nothing is on hold where the profiles of the CA permit none. */
export const holdNotPermitted: CrlRule = {
  id: 'e_rev8_hold_not_permitted',
  severity: 'error',
  source: 'REV-8',
  check({ faults, context }) {
    return context.profile?.holdPermitted === false && faults.hold ? `the serial ${faults.hold} is on hold` : undefined;
  },
};
