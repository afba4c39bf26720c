import { oid, printable } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** A mail address in the subject is repeated in subjectAltName. */
export const mailNotInSan: CertificateRule = {
  id: 'e_prf_mail_not_in_san',
  severity: 'error',
  source: 'PRF-G; SBR 7.1.4.2.2',
  check(subject) {
    for (const address of subject.attributeValues(oid.emailAddress)) {
      const repeated = subject.subjectAltName?.some((name) => name.kind === 'rfc822Name' && name.value === address);
      if (!repeated) return `${printable(address)} is in the subject but not in subjectAltName`;
    }
    return undefined;
  },
};
