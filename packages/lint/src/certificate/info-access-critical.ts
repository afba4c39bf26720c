import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** authorityInfoAccess is not critical. */
export const infoAccessCritical: CertificateRule = {
  id: 'e_rfc5280_info_access_critical',
  severity: 'error',
  source: 'RFC 5280 4.2.2.1',
  check(subject) {
    return subject.isCritical(oid.authorityInfoAccess) === true ? 'authorityInfoAccess is critical' : undefined;
  },
};
