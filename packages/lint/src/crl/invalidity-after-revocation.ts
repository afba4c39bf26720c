import type { CrlRule } from '../rule.ts';

/** A key was suspect before the certificate was revoked, not after. */
export const invalidityAfterRevocation: CrlRule = {
  id: 'w_rev4_invalidity_after_revocation',
  severity: 'warning',
  source: 'REV-4; RFC 5280 5.3.2',
  check({ faults }) {
    return (
      faults.invalidityAfterRevocation &&
      `the invalidity date of ${faults.invalidityAfterRevocation} is after its revocation`
    );
  },
};
