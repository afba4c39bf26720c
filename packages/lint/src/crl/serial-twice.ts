import type { CrlRule } from '../rule.ts';

/** A certificate is listed once. */
export const serialTwice: CrlRule = {
  id: 'e_rev4_serial_twice',
  severity: 'error',
  source: 'RFC 5280 5.1.2.6',
  check({ faults }) {
    return faults.duplicate && `the serial ${faults.duplicate} is listed twice`;
  },
};
