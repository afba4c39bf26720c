import type { CrlRule } from '../rule.ts';

/** There are no attribute authorities here: reason 10 is not used. */
export const reasonUnused: CrlRule = {
  id: 'e_rev5_reason_unused',
  severity: 'error',
  source: 'REV-5',
  check({ faults }) {
    return faults.unusedReason && `the serial ${faults.unusedReason} has the reason aACompromise`;
  },
};
