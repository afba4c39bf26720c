import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** A delegate points to no responder and no CRL. */
export const delegatePointers: CertificateRule = {
  id: 'e_prfo_pointers',
  severity: 'error',
  source: 'PRF-O; RFC 9919 3.2.2',
  purposes: ['ocsp-responder'],
  check(subject) {
    const points = subject.has(oid.crlDistributionPoints) || subject.infoAccess?.ocsp.length;
    return points ? 'the delegate points to revocation information' : undefined;
  },
};
