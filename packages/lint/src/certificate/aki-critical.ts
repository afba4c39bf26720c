import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** authorityKeyIdentifier is not critical. */
export const akiCritical: CertificateRule = {
  id: 'e_rfc5280_aki_critical',
  severity: 'error',
  source: 'RFC 5280 4.2.1.1',
  check(subject) {
    return subject.isCritical(oid.authorityKeyIdentifier) === true ? 'authorityKeyIdentifier is critical' : undefined;
  },
};
