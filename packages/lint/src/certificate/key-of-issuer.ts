import { equalBytes } from '@see/asn1';
import { leafPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** A certificate never holds the key of its issuer. */
export const keyOfIssuer: CertificateRule = {
  id: 'e_prf0_key_of_issuer',
  severity: 'error',
  source: 'PRF-0.13',
  purposes: [...leafPurposes, 'issuing-ca'],
  check({ tbs, issuer }) {
    if (issuer === undefined) return undefined;
    return equalBytes(tbs.spki, issuer.certificate.spki) ? 'the key is the key of the issuer' : undefined;
  },
};
