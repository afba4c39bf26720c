import type { CrlRule } from '../rule.ts';

/** The signature algorithm is one of this project, octet for octet. */
export const signatureAlgorithmNotAllowed: CrlRule = {
  id: 'e_prf0_crl_signature_algorithm_not_allowed',
  severity: 'error',
  source: 'PRF-0.6; GOV-3',
  check({ crl: { signatureAlgorithm } }) {
    return typeof signatureAlgorithm === 'string'
      ? undefined
      : `the signature algorithm ${signatureAlgorithm.oid} is not allowed`;
  },
};
