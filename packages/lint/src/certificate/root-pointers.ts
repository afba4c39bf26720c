import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** A root points to no CRL and no responder. */
export const rootPointers: CertificateRule = {
  id: 'e_prfr_pointers',
  severity: 'error',
  source: 'PRF-R; BR 7.1.2.1',
  purposes: ['root'],
  check(subject) {
    const found =
      subject.has(oid.crlDistributionPoints) || subject.has(oid.authorityInfoAccess) || subject.has(oid.freshestCrl);
    return found ? 'a root has crlDistributionPoints, freshestCRL or authorityInfoAccess' : undefined;
  },
};
