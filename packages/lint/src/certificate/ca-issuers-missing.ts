import { subscriberPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Certificates should say where that of their issuer is. */
export const caIssuersMissing: CertificateRule = {
  id: 'w_prf_ca_issuers_missing',
  severity: 'warning',
  source: 'PRF-I; PRF-G',
  purposes: [...subscriberPurposes, 'issuing-ca'],
  check({ infoAccess }) {
    return infoAccess?.caIssuers.length ? undefined : 'authorityInfoAccess has no caIssuers address';
  },
};
