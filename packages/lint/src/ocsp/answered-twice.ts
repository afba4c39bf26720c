import { toHex } from '@see/x509';
import type { OcspRule } from '../rule.ts';

/** A certificate is answered for once. */
export const answeredTwice: OcspRule = {
  id: 'w_rev29_answered_twice',
  severity: 'warning',
  source: 'REV-29',
  check({ basic }) {
    const seen = new Set(basic.responses.map(({ certId }) => toHex(certId.der)));
    return seen.size < basic.responses.length ? 'a certificate is answered for twice' : undefined;
  },
};
