import { oid } from '@see/x509';
import { caPurposes, gatewayPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Only persons and roles have the qualifier [SEEKEY …] in their name. */
export const qualifierElsewhere: CertificateRule = {
  id: 'e_see22_qualifier_elsewhere',
  severity: 'error',
  source: 'SEE-22; design section 6',
  purposes: [...caPurposes, ...gatewayPurposes, 'tls-server', 'ocsp-responder'],
  check(subject) {
    return subject.attributeValues(oid.commonName).some((value) => /\[\s*SEEKEY/i.test(value))
      ? 'the common name has a SEEKEY qualifier'
      : undefined;
  },
};
