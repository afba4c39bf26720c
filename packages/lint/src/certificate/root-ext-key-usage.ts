import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** A root has no extKeyUsage. */
export const rootExtKeyUsage: CertificateRule = {
  id: 'e_prfr_ext_key_usage',
  severity: 'error',
  source: 'PRF-R; SBR 7.1.2.1',
  purposes: ['root'],
  check(subject) {
    return subject.has(oid.extKeyUsage) ? 'a root must not have extKeyUsage' : undefined;
  },
};
