import type { CrlRule } from '../rule.ts';

/** CAs are not put on hold. */
export const caOnHold: CrlRule = {
  id: 'e_rev8_ca_on_hold',
  severity: 'error',
  source: 'REV-8',
  purposes: ['root'],
  check({ faults }) {
    return faults.hold && `the serial ${faults.hold} is on hold`;
  },
};
