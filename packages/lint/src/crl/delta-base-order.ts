import type { CrlRule } from '../rule.ts';

/** The base of a delta is an earlier CRL. */
export const deltaBaseOrder: CrlRule = {
  id: 'e_rev10_delta_base_order',
  severity: 'error',
  source: 'REV-10; RFC 5280 5.2.4',
  check({ crl: { baseCrlNumber, crlNumber } }) {
    return baseCrlNumber !== undefined && crlNumber !== undefined && baseCrlNumber >= crlNumber
      ? 'the base is not before the delta'
      : undefined;
  },
};
