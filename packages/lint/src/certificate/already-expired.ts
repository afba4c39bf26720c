import type { CertificateRule } from '../rule.ts';

/** A certificate that ends before it is signed is a mistake. */
export const alreadyExpired: CertificateRule = {
  id: 'e_prf0_already_expired',
  severity: 'error',
  source: 'RFC 5280 4.1.2.5',
  check({ tbs, context }) {
    return tbs.notAfter <= context.now ? 'the certificate has expired when it is signed' : undefined;
  },
};
