import { oid } from '@see/x509';
import { gatewayPurposes, userPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** End-entity certificates should identify their key; TLS certificates need not. */
export const skiMissingLeaf: CertificateRule = {
  id: 'w_rfc5280_ski_missing',
  severity: 'warning',
  source: 'RFC 5280 4.2.1.2',
  purposes: [...gatewayPurposes, ...userPurposes, 'ocsp-responder', 'operator'],
  check(subject) {
    return subject.has(oid.subjectKeyIdentifier) ? undefined : 'subjectKeyIdentifier is missing';
  },
};
