import { oid } from '@see/x509';
import { leafPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Name constraints stand in issuing CA certificates only. */
export const nameConstraintsElsewhere: CertificateRule = {
  id: 'e_rfc5280_name_constraints_elsewhere',
  severity: 'error',
  source: 'RFC 5280 4.2.1.10; PRF-R',
  purposes: [...leafPurposes, 'root'],
  check(subject) {
    return subject.has(oid.nameConstraints) ? 'nameConstraints is there' : undefined;
  },
};
