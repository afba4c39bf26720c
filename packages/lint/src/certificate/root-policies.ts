import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** A root should assert no policies. */
export const rootPolicies: CertificateRule = {
  id: 'w_prfr_policies',
  severity: 'warning',
  source: 'PRF-R; SBR 7.1.2.1',
  purposes: ['root'],
  check(subject) {
    return subject.has(oid.certificatePolicies) ? 'the root asserts policies' : undefined;
  },
};
