import type { CrlRule } from '../rule.ts';

/** Reason 0 is left out. */
export const reasonUnspecified: CrlRule = {
  id: 'e_rev5_reason_unspecified',
  severity: 'error',
  source: 'REV-5; RFC 5280 5.3.1',
  check({ faults }) {
    return faults.unspecifiedReason && `the serial ${faults.unspecifiedReason} has the reason unspecified`;
  },
};
