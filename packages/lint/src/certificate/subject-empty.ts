import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** A certificate names somebody. */
export const subjectEmpty: CertificateRule = {
  id: 'e_rfc5280_no_subject',
  severity: 'error',
  source: 'RFC 5280 4.1.2.6',
  check(subject) {
    return subject.tbs.subject.length === 0 && !subject.has(oid.subjectAltName)
      ? 'there is neither subject nor subjectAltName'
      : undefined;
  },
};
