import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** nameConstraints is critical. */
export const nameConstraintsNotCritical: CertificateRule = {
  id: 'e_rfc5280_name_constraints_not_critical',
  severity: 'error',
  source: 'PRF-I; RFC 5280 4.2.1.10',
  check(subject) {
    return subject.isCritical(oid.nameConstraints) === false ? 'nameConstraints is not critical' : undefined;
  },
};
