import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** sMIMECapabilities is not critical. */
export const smimeCapabilitiesCritical: CertificateRule = {
  id: 'e_rfc5280_smime_capabilities_critical',
  severity: 'error',
  source: 'RFC 4262',
  check(subject) {
    return subject.isCritical(oid.smimeCapabilities) === true ? 'sMIMECapabilities is critical' : undefined;
  },
};
