import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** An issuing CA is bound to names. */
export const nameConstraintsMissing: CertificateRule = {
  id: 'e_prfi_name_constraints_missing',
  severity: 'error',
  source: 'PRF-I3',
  purposes: ['issuing-ca'],
  check(subject) {
    return subject.has(oid.nameConstraints) ? undefined : 'nameConstraints is missing';
  },
};
