import type { OcspRule } from '../rule.ts';

/** A nonce has 1 to 128 octets. */
export const nonceLength: OcspRule = {
  id: 'e_rev30_nonce_length',
  severity: 'error',
  source: 'REV-30; RFC 9654 2.1',
  check({ basic: { nonce } }) {
    return nonce !== undefined && (nonce.length === 0 || nonce.length > 128)
      ? `a nonce of ${nonce.length} octets`
      : undefined;
  },
};
