import type { OcspRule } from '../rule.ts';

/** The signature algorithm is one of this project, octet for octet. */
export const signatureAlgorithmNotAllowed: OcspRule = {
  id: 'e_rev33_signature_algorithm_not_allowed',
  severity: 'error',
  source: 'REV-33; GOV-3',
  check({ basic: { signatureAlgorithm } }) {
    return typeof signatureAlgorithm === 'string'
      ? undefined
      : `the signature algorithm ${signatureAlgorithm.oid} is not allowed`;
  },
};
