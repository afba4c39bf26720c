import { oid } from '@see/x509';
import type { CrlRule } from '../rule.ts';

/** A delta does not point to deltas. */
export const freshestInDelta: CrlRule = {
  id: 'e_rev10_freshest_in_delta',
  severity: 'error',
  source: 'REV-10; RFC 5280 5.2.6',
  check(subject) {
    return subject.isDelta && subject.crl.extension(oid.freshestCrl) ? 'a delta CRL has freshestCRL' : undefined;
  },
};
