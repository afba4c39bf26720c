import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** extKeyUsage is not critical. */
export const ekuCritical: CertificateRule = {
  id: 'e_rfc5280_eku_critical',
  severity: 'error',
  source: 'PRF; SBR 7.1.2',
  check(subject) {
    return subject.isCritical(oid.extKeyUsage) === true ? 'extKeyUsage is critical' : undefined;
  },
};
