import { oid } from '@see/x509';
import { leafPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** End entities assert policies that say something. */
export const leafAnyPolicy: CertificateRule = {
  id: 'e_prf_leaf_any_policy',
  severity: 'error',
  source: 'RFC 5280 4.2.1.4; BR 7.1.2.7',
  purposes: leafPurposes,
  check({ policies = [] }) {
    return policies.some((policy) => policy.oid === oid.anyPolicy) ? 'an end entity asserts anyPolicy' : undefined;
  },
};
