import type { CertificateRule } from '../rule.ts';

/** freshestCRL names one http address, besides that of the list in crlDistributionPoints to which the delta belongs. */
export const freshestCrlForm: CertificateRule = {
  id: 'e_rev10_freshest_crl_form',
  severity: 'error',
  source: 'REV-10; REV-13; RFC 5280 4.2.1.15',
  check({ freshestPoints, distributionPoints = [] }) {
    if (freshestPoints === undefined) return undefined;
    const [point] = freshestPoints;
    const [name] = point?.fullName ?? [];
    if (
      freshestPoints.length !== 1 ||
      point?.fullName?.length !== 1 ||
      point.reasons !== undefined ||
      point.crlIssuer !== undefined ||
      name?.kind !== 'uniformResourceIdentifier' ||
      !/^http:\/\/[^/]/.test(name.value)
    )
      return 'freshestCRL is not exactly one http address without reasons or a CRL issuer';
    const full = distributionPoints.flatMap(({ fullName = [] }) => fullName);
    if (full.length === 0) return 'there is no list to which the delta belongs';
    return full.some((one) => one.kind === name.kind && one.value === name.value)
      ? 'freshestCRL names the list itself'
      : undefined;
  },
};
