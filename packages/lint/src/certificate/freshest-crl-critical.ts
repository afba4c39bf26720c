import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** freshestCRL is not critical. */
export const freshestCrlCritical: CertificateRule = {
  id: 'e_rfc5280_freshest_crl_critical',
  severity: 'error',
  source: 'RFC 5280 4.2.1.15',
  check(subject) {
    return subject.isCritical(oid.freshestCrl) === true ? 'freshestCRL is critical' : undefined;
  },
};
