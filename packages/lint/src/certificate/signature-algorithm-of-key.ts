import { algorithmsOfKey } from '../issuer-algorithm.ts';
import { keyName } from '../key-name.ts';
import type { CertificateRule } from '../rule.ts';

/** The signature algorithm is the one that goes with the key of the issuer. */
export const signatureAlgorithmOfKey: CertificateRule = {
  id: 'e_prf0_signature_algorithm_of_key',
  severity: 'error',
  source: 'PRF-0.6',
  check({ tbs: { signatureAlgorithm }, issuer, key, purpose }) {
    const signer = purpose === 'root' ? key : issuer?.key;
    if (signer === undefined || typeof signatureAlgorithm !== 'string') return undefined;
    if (algorithmsOfKey(signer).includes(signatureAlgorithm)) return undefined;
    return `${signatureAlgorithm} does not go with a ${keyName(signer)} key`;
  },
};
