import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** Where no revocation information exists nothing points to it. */
export const noRevAvailWithPointers: CertificateRule = {
  id: 'e_rfc9608_no_rev_avail_with_pointers',
  severity: 'error',
  source: 'REV-36; RFC 9608 3',
  check(subject) {
    if (!subject.has(oid.noRevAvail)) return undefined;
    const points =
      subject.has(oid.crlDistributionPoints) || subject.has(oid.freshestCrl) || subject.infoAccess?.ocsp.length;
    return points ? 'noRevAvail stands beside pointers to revocation information' : undefined;
  },
};
