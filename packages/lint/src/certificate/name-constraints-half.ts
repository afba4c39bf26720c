import { printable } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** A mail domain is permitted both as host and with everything below it. */
export const nameConstraintsHalf: CertificateRule = {
  id: 'e_prfi_name_constraints_half',
  severity: 'error',
  source: 'PRF-I3',
  purposes: ['issuing-ca'],
  check({ nameConstraints }) {
    const permitted = nameConstraints?.permitted ?? [];
    const values = permitted.flatMap((base) => (base.kind === 'rfc822Name' ? [base.value] : []));
    const half = values.find((value) => !values.includes(value.startsWith('.') ? value.slice(1) : `.${value}`));
    return half === undefined ? undefined : `${printable(half)} is permitted without its other form`;
  },
};
