import type { CrlRule } from '../rule.ts';

/** Entries have serials that a certificate can have. */
export const serialMalformed: CrlRule = {
  id: 'e_rev4_serial_malformed',
  severity: 'error',
  source: 'REV-4',
  check({ faults }) {
    return faults.badSerial && `the serial ${faults.badSerial} is not positive or too long`;
  },
};
