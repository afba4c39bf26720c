import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** keyUsage is critical. */
export const keyUsageNotCritical: CertificateRule = {
  id: 'e_rfc5280_key_usage_not_critical',
  severity: 'error',
  source: 'PRF; RFC 5280 4.2.1.3',
  check(subject) {
    return subject.isCritical(oid.keyUsage) === false ? 'keyUsage is not critical' : undefined;
  },
};
