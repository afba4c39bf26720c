import type { CertificateRule } from '../rule.ts';

/** subjectPublicKeyInfo is exact: parameters, point form, positive numbers. */
export const keyUnreadable: CertificateRule = {
  id: 'e_prf0_key_unreadable',
  severity: 'error',
  source: 'PRF-0.6',
  check({ keyProblem }) {
    return keyProblem;
  },
};
