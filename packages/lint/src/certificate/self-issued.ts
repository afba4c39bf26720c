import { equalBytes } from '@see/asn1';
import { leafPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Only a root bears the name of its issuer. */
export const selfIssued: CertificateRule = {
  id: 'e_prf0_self_issued',
  severity: 'error',
  source: 'PRF-0.4',
  purposes: [...leafPurposes, 'issuing-ca'],
  check({ tbs }) {
    return equalBytes(tbs.issuerDer, tbs.subjectDer) ? 'the subject is that of the issuer' : undefined;
  },
};
