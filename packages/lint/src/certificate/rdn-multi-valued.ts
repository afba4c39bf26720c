import type { CertificateRule } from '../rule.ts';

/** Every relative name has exactly one attribute. */
export const rdnMultiValued: CertificateRule = {
  id: 'e_prf0_rdn_multi_valued',
  severity: 'error',
  source: 'SBR 7.1.4.2',
  check({ tbs }) {
    return tbs.subject.some((relative) => relative.length !== 1)
      ? 'a relative name has more than one attribute'
      : undefined;
  },
};
