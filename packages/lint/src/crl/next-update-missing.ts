import type { CrlRule } from '../rule.ts';

/** A CRL says when the next one comes. */
export const nextUpdateMissing: CrlRule = {
  id: 'e_rev2_next_update_missing',
  severity: 'error',
  source: 'REV-2; RFC 5280 5.1.2.5',
  check({ crl }) {
    return crl.nextUpdate === undefined ? 'nextUpdate is missing' : undefined;
  },
};
