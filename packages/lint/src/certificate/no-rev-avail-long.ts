import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';
import { validityDays } from '../validity.ts';

/** Only certificates of at most seven days go without revocation. */
export const noRevAvailLong: CertificateRule = {
  id: 'e_rev36_no_rev_avail_long',
  severity: 'error',
  source: 'REV-36',
  check(subject) {
    return subject.has(oid.noRevAvail) && validityDays(subject.tbs) > 7
      ? 'noRevAvail in a certificate of more than seven days'
      : undefined;
  },
};
