import { oid } from '@see/x509';
import { gatewayPurposes, userPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Mail and personal certificates leave basicConstraints out. */
export const leafBasicConstraints: CertificateRule = {
  id: 'w_rfc8550_leaf_basic_constraints',
  severity: 'warning',
  source: 'PRF-G; RFC 8550 4.4.1',
  purposes: [...gatewayPurposes, ...userPurposes],
  check(subject) {
    return subject.has(oid.basicConstraints) ? 'basicConstraints is there' : undefined;
  },
};
