import { findExtension, oid } from '@see/x509';
import type { OcspRule } from '../rule.ts';

/** The nonce is not critical. */
export const nonceCritical: OcspRule = {
  id: 'e_rev30_nonce_critical',
  severity: 'error',
  source: 'REV-30',
  check({ basic }) {
    return findExtension(basic.extensions, oid.ocspNonce)?.critical ? 'the nonce is critical' : undefined;
  },
};
