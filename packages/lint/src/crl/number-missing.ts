import type { CrlRule } from '../rule.ts';

/** A CRL is numbered. */
export const numberMissing: CrlRule = {
  id: 'e_rev1_number_missing',
  severity: 'error',
  source: 'REV-1; RFC 5280 5.2.3',
  check({ crl }) {
    return crl.crlNumber === undefined ? 'cRLNumber is missing' : undefined;
  },
};
