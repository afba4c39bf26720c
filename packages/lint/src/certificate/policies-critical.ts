import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** certificatePolicies is not critical. */
export const policiesCritical: CertificateRule = {
  id: 'e_rfc5280_policies_critical',
  severity: 'error',
  source: 'PRF; SBR 7.1.2',
  check(subject) {
    return subject.isCritical(oid.certificatePolicies) === true ? 'certificatePolicies is critical' : undefined;
  },
};
