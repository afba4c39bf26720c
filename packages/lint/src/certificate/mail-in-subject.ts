import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** Mail addresses belong into subjectAltName. */
export const mailInSubject: CertificateRule = {
  id: 'w_rfc8550_mail_in_subject',
  severity: 'warning',
  source: 'PRF-G; RFC 8550 3',
  check(subject) {
    return subject.attributeValues(oid.emailAddress).length > 0 ? 'the subject holds a mail address' : undefined;
  },
};
