import type { CrlRule } from '../rule.ts';

/** The revocation of a CA has a reason. */
export const caWithoutReason: CrlRule = {
  id: 'e_rev5_ca_without_reason',
  severity: 'error',
  source: 'REV-5',
  purposes: ['root'],
  check({ faults }) {
    return faults.withoutReason && `the serial ${faults.withoutReason} has no reason`;
  },
};
