import type { OcspRule } from '../rule.ts';

/** CertIDs use SHA-1 or SHA-2. */
export const certIdHash: OcspRule = {
  id: 'e_rev29_cert_id_hash',
  severity: 'error',
  source: 'REV-29',
  check({ basic }) {
    return basic.responses.some(({ certId }) => typeof certId.hashAlgorithm !== 'string')
      ? 'a CertID uses a hash that is not known'
      : undefined;
  },
};
