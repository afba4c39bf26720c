import { equalBytes } from '@see/asn1';
import type { CertificateRule } from '../rule.ts';

/** The authority key identifier is the subject key identifier of the issuer. */
export const akiOfIssuer: CertificateRule = {
  id: 'e_prf0_aki_of_issuer',
  severity: 'error',
  source: 'PRF-0.12',
  check(subject) {
    const found = subject.authorityKeyIdentifier?.keyIdentifier;
    const wanted = subject.purpose === 'root' ? subject.subjectKeyIdentifier : subject.issuer?.keyIdentifier;
    if (found === undefined || wanted === undefined) return undefined;
    return equalBytes(found, wanted)
      ? undefined
      : 'authorityKeyIdentifier differs from the subjectKeyIdentifier of the issuer';
  },
};
