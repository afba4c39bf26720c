import type { CertificateRule } from '../rule.ts';

/** Constraints on mail name hosts, not mailboxes. */
export const nameConstraintsMailbox: CertificateRule = {
  id: 'e_prfi_name_constraints_mailbox',
  severity: 'error',
  source: 'PRF-I3; SBR 7.1.5',
  purposes: ['issuing-ca'],
  check({ nameConstraints }) {
    const wrong = nameConstraints?.permitted.find((base) => base.kind === 'rfc822Name' && base.value.includes('@'));
    return wrong === undefined ? undefined : 'a constraint names a single mailbox';
  },
};
