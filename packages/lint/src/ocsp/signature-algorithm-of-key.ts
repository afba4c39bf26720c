import { algorithmsOfKey } from '../issuer-algorithm.ts';
import { keyName } from '../key-name.ts';
import type { OcspRule } from '../rule.ts';

/** The signature algorithm is the one that goes with the key of the responder. */
export const signatureAlgorithmOfKey: OcspRule = {
  id: 'e_rev33_signature_algorithm_of_key',
  severity: 'error',
  source: 'REV-33; PRF-0.6',
  check(subject) {
    const { signatureAlgorithm } = subject.basic;
    const key = subject.delegate?.key ?? (subject.signedByIssuer ? subject.issuer?.key : undefined);
    if (key === undefined || typeof signatureAlgorithm !== 'string') return undefined;
    if (algorithmsOfKey(key).includes(signatureAlgorithm)) return undefined;
    return `${signatureAlgorithm} does not go with a ${keyName(key)} key`;
  },
};
