import type { CrlRule } from '../rule.ts';

/** CRLs are v2. */
export const versionNotV2: CrlRule = {
  id: 'e_rev1_version_not_v2',
  severity: 'error',
  source: 'REV-1; RFC 5280 5.1.2.1',
  check({ crl }) {
    return crl.version === 2 ? undefined : 'the CRL is not v2';
  },
};
