import type { CrlRule } from '../rule.ts';

/** removeFromCRL stands in delta CRLs only. */
export const removeInFull: CrlRule = {
  id: 'e_rev7_remove_in_full',
  severity: 'error',
  source: 'REV-7; RFC 5280 5.3.1',
  check(subject) {
    return !subject.isDelta && subject.faults.removeFromCrl
      ? `the serial ${subject.faults.removeFromCrl} has the reason removeFromCRL`
      : undefined;
  },
};
