import { equalBytes } from '@see/asn1';
import type { CertificateRule } from '../rule.ts';

/** A root is its own issuer. */
export const rootNotSelfIssued: CertificateRule = {
  id: 'e_prfr_not_self_issued',
  severity: 'error',
  source: 'PRF-R',
  purposes: ['root'],
  check({ tbs }) {
    return equalBytes(tbs.issuerDer, tbs.subjectDer) ? undefined : 'issuer and subject of the root differ';
  },
};
