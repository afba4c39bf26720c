import type { CertificateRule } from '../rule.ts';

/** CRLs are fetched by http, never https: that would turn in circles. */
export const cdpNotHttp: CertificateRule = {
  id: 'e_prf_cdp_not_http',
  severity: 'error',
  source: 'PRF-I; REV-13',
  check({ distributionPoints = [] }) {
    for (const { fullName = [] } of distributionPoints) {
      for (const name of fullName) {
        if (name.kind !== 'uniformResourceIdentifier' || !/^http:\/\/[^/]/.test(name.value))
          return 'a distribution point is not an http address';
      }
    }
    return undefined;
  },
};
