import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** subjectKeyIdentifier is not critical. */
export const skiCritical: CertificateRule = {
  id: 'e_rfc5280_ski_critical',
  severity: 'error',
  source: 'RFC 5280 4.2.1.2',
  check(subject) {
    return subject.isCritical(oid.subjectKeyIdentifier) === true ? 'subjectKeyIdentifier is critical' : undefined;
  },
};
