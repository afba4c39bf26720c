import { oid } from '@see/x509';
import { userPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** A person has a stable identifier in serialNumber. */
export const personIdMissing: CertificateRule = {
  id: 'e_prfu_person_id_missing',
  severity: 'error',
  source: 'PRF-UA; RP-5',
  purposes: [...userPurposes, 'operator'],
  check(subject) {
    return subject.attributeValues(oid.serialNumber).length === 1
      ? undefined
      : 'the subject has not exactly one serialNumber';
  },
};
