import { oid, printable } from '@see/x509';
import { userPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** The common name of a person is `Name [SEEKEY TYPE]`. */
export const userCommonName: CertificateRule = {
  id: 'e_see22_user_common_name',
  severity: 'error',
  source: 'SEE-22; design section 6',
  purposes: userPurposes,
  check(subject) {
    const [value, second] = subject.attributeValues(oid.commonName);
    if (value === undefined || second !== undefined) return 'the subject has not exactly one common name';
    return /^\S.* \[SEEKEY [A-Z]+(-[A-Z]+)*\]$/.test(value)
      ? undefined
      : `${printable(value)} is not of the form Name [SEEKEY TYPE]`;
  },
};
