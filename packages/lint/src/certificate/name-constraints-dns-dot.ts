import type { CertificateRule } from '../rule.ts';

/** Constraints on DNS names are written without a dot before them. */
export const nameConstraintsDnsDot: CertificateRule = {
  id: 'e_prfi_name_constraints_dns_dot',
  severity: 'error',
  source: 'PRF-I3; RFC 5280 4.2.1.10',
  purposes: ['issuing-ca'],
  check({ nameConstraints }) {
    const all = [...(nameConstraints?.permitted ?? []), ...(nameConstraints?.excluded ?? [])];
    return all.some((base) => base.kind === 'dNSName' && base.value.startsWith('.'))
      ? 'a DNS constraint begins with a dot'
      : undefined;
  },
};
