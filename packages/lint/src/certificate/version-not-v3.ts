import type { CertificateRule } from '../rule.ts';

/** Certificates with extensions are v3. */
export const versionNotV3: CertificateRule = {
  id: 'e_prf0_version_not_v3',
  severity: 'error',
  source: 'PRF-0.1; RFC 5280 4.1.2.1',
  check({ tbs }) {
    return tbs.version === 3 ? undefined : `the version is v${tbs.version}, not v3`;
  },
};
