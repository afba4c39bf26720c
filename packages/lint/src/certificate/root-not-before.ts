import type { CertificateRule } from '../rule.ts';

/** The validity of a root begins within a day of its signing. */
export const rootNotBefore: CertificateRule = {
  id: 'e_prfr_not_before',
  severity: 'error',
  source: 'PRF-R; BR 7.1.2.1.1',
  purposes: ['root'],
  check({ tbs, context }) {
    return Math.abs(tbs.notBefore.getTime() - context.now.getTime()) > 86_400_000
      ? 'notBefore is more than a day from the time of signing'
      : undefined;
  },
};
