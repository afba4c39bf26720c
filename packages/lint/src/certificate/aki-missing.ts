import { oid } from '@see/x509';
import { leafPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Certificates point to the key of their issuer. */
export const akiMissing: CertificateRule = {
  id: 'e_rfc5280_aki_missing',
  severity: 'error',
  source: 'PRF-0.11; RFC 5280 4.2.1.1',
  purposes: [...leafPurposes, 'issuing-ca'],
  check(subject) {
    return subject.has(oid.authorityKeyIdentifier) ? undefined : 'authorityKeyIdentifier is missing';
  },
};
