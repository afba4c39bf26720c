import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** basicConstraints is critical. */
export const basicConstraintsNotCritical: CertificateRule = {
  id: 'e_rfc5280_basic_constraints_not_critical',
  severity: 'error',
  source: 'PRF-R; RFC 5280 4.2.1.9',
  check(subject) {
    return subject.isCritical(oid.basicConstraints) === false ? 'basicConstraints is not critical' : undefined;
  },
};
