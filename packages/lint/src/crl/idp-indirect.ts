import type { CrlRule } from '../rule.ts';

/** Our CRLs are not indirect and not of attribute certificates. */
export const idpIndirect: CrlRule = {
  id: 'e_rev12_idp_indirect',
  severity: 'error',
  source: 'REV-12',
  check({ issuingDistributionPoint: point }) {
    return point?.indirectCRL || point?.onlyContainsAttributeCerts
      ? 'the CRL is indirect or of attribute certificates'
      : undefined;
  },
};
