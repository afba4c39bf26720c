import { caPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** A CA certificate says so. */
export const caNotCa: CertificateRule = {
  id: 'e_rfc5280_ca_not_ca',
  severity: 'error',
  source: 'RFC 5280 4.2.1.9',
  purposes: caPurposes,
  check({ basicConstraints }) {
    return basicConstraints?.cA ? undefined : 'basicConstraints does not say cA';
  },
};
