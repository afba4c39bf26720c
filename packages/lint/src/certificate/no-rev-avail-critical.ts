import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** noRevAvail is not critical. */
export const noRevAvailCritical: CertificateRule = {
  id: 'e_rfc5280_no_rev_avail_critical',
  severity: 'error',
  source: 'RFC 9608 2',
  check(subject) {
    return subject.isCritical(oid.noRevAvail) === true ? 'noRevAvail is critical' : undefined;
  },
};
