import { leafPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** An end entity is not a CA. */
export const leafIsCa: CertificateRule = {
  id: 'e_rfc5280_leaf_is_ca',
  severity: 'error',
  source: 'RFC 5280 4.2.1.9',
  purposes: leafPurposes,
  check({ basicConstraints }) {
    return basicConstraints?.cA ? 'an end-entity certificate says cA' : undefined;
  },
};
