import type { CrlRule } from '../rule.ts';

/** Nothing is revoked in the future. */
export const revokedInFuture: CrlRule = {
  id: 'e_rev4_revoked_in_future',
  severity: 'error',
  source: 'REV-4',
  check({ faults }) {
    return faults.inFuture && `the serial ${faults.inFuture} is revoked in the future`;
  },
};
