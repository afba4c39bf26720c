import { equalBytes } from '@see/asn1';
import type { CrlRule } from '../rule.ts';

/** The authority key identifier is the subject key identifier of the CA. */
export const akiOfIssuer: CrlRule = {
  id: 'e_rev1_aki_of_issuer',
  severity: 'error',
  source: 'REV-1; PRF-0.12',
  check({ authorityKeyIdentifier, issuer }) {
    const found = authorityKeyIdentifier?.keyIdentifier;
    const wanted = issuer?.keyIdentifier;
    if (found === undefined || wanted === undefined) return undefined;
    return equalBytes(found, wanted) ? undefined : 'authorityKeyIdentifier is not that of the CA';
  },
};
