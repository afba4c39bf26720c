import { oid } from '@see/x509';
import { userPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** A person has a surname or a pseudonym. */
export const userNameMissing: CertificateRule = {
  id: 'w_prfu_name_missing',
  severity: 'warning',
  source: 'PRF-UA; SBR 7.1.4.2.2',
  purposes: userPurposes,
  check(subject) {
    const named = subject.attributeValues(oid.surname).length + subject.attributeValues(oid.pseudonym).length > 0;
    return named ? undefined : 'the subject has neither surname nor pseudonym';
  },
};
