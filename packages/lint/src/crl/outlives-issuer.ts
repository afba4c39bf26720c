import type { CrlRule } from '../rule.ts';

/** A CRL should not promise another one after the CA has ended. */
export const outlivesIssuer: CrlRule = {
  id: 'w_rev2_outlives_issuer',
  severity: 'warning',
  source: 'REV-2',
  check({ crl, issuer }) {
    return issuer !== undefined && crl.nextUpdate !== undefined && crl.nextUpdate > issuer.certificate.notAfter
      ? 'nextUpdate is after the end of the CA'
      : undefined;
  },
};
