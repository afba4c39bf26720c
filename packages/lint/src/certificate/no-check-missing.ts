import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** A delegate is not itself checked for revocation. */
export const noCheckMissing: CertificateRule = {
  id: 'e_prfo_no_check_missing',
  severity: 'error',
  source: 'PRF-O; RFC 6960 4.2.2.2.1',
  purposes: ['ocsp-responder'],
  check(subject) {
    return subject.has(oid.ocspNoCheck) ? undefined : 'id-pkix-ocsp-nocheck is missing';
  },
};
