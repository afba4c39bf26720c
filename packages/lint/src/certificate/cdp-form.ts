import type { CertificateRule } from '../rule.ts';

/** One distribution point with a full name, no reasons, no CRL issuer. */
export const cdpForm: CertificateRule = {
  id: 'e_prf_cdp_form',
  severity: 'error',
  source: 'PRF-I; BR 7.1.2.11.2',
  check({ distributionPoints: points }) {
    if (points === undefined) return undefined;
    const [point] = points;
    if (points.length !== 1 || point?.fullName === undefined)
      return 'there is not exactly one distribution point with a full name';
    return point.reasons === undefined && point.crlIssuer === undefined
      ? undefined
      : 'the distribution point has reasons or a CRL issuer';
  },
};
