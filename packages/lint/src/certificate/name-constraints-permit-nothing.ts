import type { CertificateRule } from '../rule.ts';

/** An issuing CA is told what it may name, not only what it may not. */
export const nameConstraintsPermitNothing: CertificateRule = {
  id: 'e_prfi_name_constraints_permit_nothing',
  severity: 'error',
  source: 'PRF-I3',
  purposes: ['issuing-ca'],
  check({ nameConstraints }) {
    return nameConstraints !== undefined && nameConstraints.permitted.length === 0
      ? 'no name is permitted explicitly'
      : undefined;
  },
};
