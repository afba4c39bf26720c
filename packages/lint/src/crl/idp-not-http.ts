import type { CrlRule } from '../rule.ts';

/** The distribution point of a partition is an http address. */
export const idpNotHttp: CrlRule = {
  id: 'e_rev12_idp_not_http',
  severity: 'error',
  source: 'REV-12; REV-13',
  check({ issuingDistributionPoint: point }) {
    const name = point?.distributionPoint;
    if (name === undefined) return undefined;
    const sound = name.fullName?.every(
      (each) => each.kind === 'uniformResourceIdentifier' && /^http:\/\/[^/]/.test(each.value),
    );
    return sound ? undefined : 'the distribution point is not an http address';
  },
};
