import { oid } from '@see/x509';
import { userPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** A person is named or goes by a pseudonym, not both. */
export const userNameForms: CertificateRule = {
  id: 'e_prfu_name_forms',
  severity: 'error',
  source: 'PRF-UA; SBR 7.1.4.2.2',
  purposes: userPurposes,
  check(subject) {
    const named = subject.attributeValues(oid.givenName).length + subject.attributeValues(oid.surname).length > 0;
    return named && subject.attributeValues(oid.pseudonym).length > 0
      ? 'the subject has a name and a pseudonym'
      : undefined;
  },
};
