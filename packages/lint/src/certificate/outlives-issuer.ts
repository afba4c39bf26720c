import type { CertificateRule } from '../rule.ts';

/** A certificate is valid only within the validity of its issuer. */
export const outlivesIssuer: CertificateRule = {
  id: 'e_prf_outlives_issuer',
  severity: 'error',
  source: 'PRF-I',
  check({ tbs, issuer }) {
    if (issuer === undefined) return undefined;
    const { notBefore, notAfter } = issuer.certificate;
    return tbs.notAfter > notAfter || tbs.notBefore < notBefore
      ? 'the validity reaches beyond that of the issuer'
      : undefined;
  },
};
