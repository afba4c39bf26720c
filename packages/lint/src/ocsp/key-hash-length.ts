import type { OcspRule } from '../rule.ts';

/** The key hash is SHA-1, whatever the CertID uses. */
export const keyHashLength: OcspRule = {
  id: 'e_rev22_key_hash_length',
  severity: 'error',
  source: 'REV-22',
  check({ basic: { responderId } }) {
    return responderId.kind === 'byKey' && responderId.keyHash.length !== 20
      ? `the key hash has ${responderId.keyHash.length} octets`
      : undefined;
  },
};
