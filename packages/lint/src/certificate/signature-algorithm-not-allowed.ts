import type { CertificateRule } from '../rule.ts';

/** The signature algorithm is one of this project, octet for octet. */
export const signatureAlgorithmNotAllowed: CertificateRule = {
  id: 'e_prf0_signature_algorithm_not_allowed',
  severity: 'error',
  source: 'PRF-0.6; GOV-3',
  check({ tbs: { signatureAlgorithm } }) {
    return typeof signatureAlgorithm === 'string'
      ? undefined
      : `the signature algorithm ${signatureAlgorithm.oid} is not allowed`;
  },
};
