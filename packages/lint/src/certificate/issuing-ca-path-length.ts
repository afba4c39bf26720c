import type { CertificateRule } from '../rule.ts';

/** An issuing CA has path length 0. */
export const issuingCaPathLength: CertificateRule = {
  id: 'e_prfi_path_length',
  severity: 'error',
  source: 'PRF-I',
  purposes: ['issuing-ca'],
  check({ basicConstraints }) {
    return basicConstraints?.pathLen === 0 ? undefined : 'the path length of an issuing CA is not 0';
  },
};
