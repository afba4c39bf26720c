import { oid } from '@see/x509';
import { subscriberPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Certificates of issuing CAs and subscribers assert policies. */
export const policiesMissing: CertificateRule = {
  id: 'e_prf_policies_missing',
  severity: 'error',
  source: 'PRF-I; PRF-G; SEE-R1',
  purposes: [...subscriberPurposes, 'issuing-ca'],
  check(subject) {
    return subject.has(oid.certificatePolicies) ? undefined : 'certificatePolicies is missing';
  },
};
