import type { CrlRule } from '../rule.ts';

/** reasonCode is not critical. */
export const reasonCritical: CrlRule = {
  id: 'e_rev5_reason_critical',
  severity: 'error',
  source: 'REV-5; RFC 5280 5.3.1',
  check({ faults }) {
    return faults.criticalReason && `the reason of ${faults.criticalReason} is critical`;
  },
};
