import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** id-pkix-ocsp-nocheck is not critical. */
export const noCheckCritical: CertificateRule = {
  id: 'e_rfc5280_no_check_critical',
  severity: 'error',
  source: 'RFC 6960 4.2.2.2.1',
  check(subject) {
    return subject.isCritical(oid.ocspNoCheck) === true ? 'id-pkix-ocsp-nocheck is critical' : undefined;
  },
};
