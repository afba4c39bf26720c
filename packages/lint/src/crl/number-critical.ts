import { oid } from '@see/x509';
import type { CrlRule } from '../rule.ts';

/** cRLNumber is not critical. */
export const numberCritical: CrlRule = {
  id: 'e_rev1_number_critical',
  severity: 'error',
  source: 'REV-1; RFC 5280 5.2.3',
  check({ crl }) {
    return crl.extension(oid.crlNumber)?.critical ? 'cRLNumber is critical' : undefined;
  },
};
