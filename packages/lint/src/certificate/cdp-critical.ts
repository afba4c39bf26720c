import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** crlDistributionPoints is not critical. */
export const cdpCritical: CertificateRule = {
  id: 'e_rfc5280_cdp_critical',
  severity: 'error',
  source: 'PRF; RFC 5280 4.2.1.13',
  check(subject) {
    return subject.isCritical(oid.crlDistributionPoints) === true ? 'crlDistributionPoints is critical' : undefined;
  },
};
