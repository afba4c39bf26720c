import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** A delegate has no alternative names. */
export const delegateNames: CertificateRule = {
  id: 'e_prfo_names',
  severity: 'error',
  source: 'PRF-O; BR 7.1.2.8',
  purposes: ['ocsp-responder'],
  check(subject) {
    return subject.has(oid.subjectAltName) ? 'the delegate has subjectAltName' : undefined;
  },
};
