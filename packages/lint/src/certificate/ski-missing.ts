import { oid } from '@see/x509';
import { caPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** CA certificates identify their key. */
export const skiMissing: CertificateRule = {
  id: 'e_rfc5280_ski_missing',
  severity: 'error',
  source: 'RFC 5280 4.2.1.2',
  purposes: caPurposes,
  check(subject) {
    return subject.has(oid.subjectKeyIdentifier) ? undefined : 'subjectKeyIdentifier is missing';
  },
};
