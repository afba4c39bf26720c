import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** subjectAltName is critical exactly where the subject is empty. */
export const sanCriticality: CertificateRule = {
  id: 'e_rfc5280_san_criticality',
  severity: 'error',
  source: 'PRF-0.8; RFC 5280 4.2.1.6',
  check(subject) {
    const critical = subject.isCritical(oid.subjectAltName);
    if (critical === undefined || critical === (subject.tbs.subject.length === 0)) return undefined;
    return critical
      ? 'subjectAltName is critical beside a subject'
      : 'subjectAltName is not critical, the subject is empty';
  },
};
