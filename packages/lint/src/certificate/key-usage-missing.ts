import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** Every certificate says what its key is for. */
export const keyUsageMissing: CertificateRule = {
  id: 'e_rfc5280_key_usage_missing',
  severity: 'error',
  source: 'RFC 5280 4.2.1.3',
  check(subject) {
    return subject.has(oid.keyUsage) ? undefined : 'keyUsage is missing';
  },
};
