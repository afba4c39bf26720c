import type { CertificateRule } from '../rule.ts';

/** The validity begins within 48 hours of signing. */
export const notBeforeFar: CertificateRule = {
  id: 'w_prf0_not_before_far',
  severity: 'warning',
  source: 'BR 7.1.2.1.1',
  check({ tbs, context }) {
    const hours = Math.abs(tbs.notBefore.getTime() - context.now.getTime()) / 3_600_000;
    return hours > 48 ? `notBefore is ${Math.round(hours)} hours from the time of signing` : undefined;
  },
};
