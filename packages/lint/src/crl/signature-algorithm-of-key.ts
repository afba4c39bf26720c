import { algorithmsOfKey } from '../issuer-algorithm.ts';
import { keyName } from '../key-name.ts';
import type { CrlRule } from '../rule.ts';

/** The signature algorithm is the one that goes with the key of the CA. */
export const signatureAlgorithmOfKey: CrlRule = {
  id: 'e_prf0_crl_signature_algorithm_of_key',
  severity: 'error',
  source: 'PRF-0.6',
  check({ crl: { signatureAlgorithm }, issuer }) {
    if (issuer === undefined || typeof signatureAlgorithm !== 'string') return undefined;
    if (algorithmsOfKey(issuer.key).includes(signatureAlgorithm)) return undefined;
    return `${signatureAlgorithm} does not go with a ${keyName(issuer.key)} key`;
  },
};
