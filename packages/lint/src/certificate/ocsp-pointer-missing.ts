import { oid } from '@see/x509';
import { subscriberPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Subscriber certificates say who answers for them. */
export const ocspPointerMissing: CertificateRule = {
  id: 'e_prfg_ocsp_pointer_missing',
  severity: 'error',
  source: 'PRF-G',
  purposes: subscriberPurposes,
  check(subject) {
    return subject.infoAccess?.ocsp.length || subject.has(oid.noRevAvail)
      ? undefined
      : 'authorityInfoAccess has no OCSP address';
  },
};
