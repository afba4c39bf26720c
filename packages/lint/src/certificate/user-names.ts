import { oid } from '@see/x509';
import { userPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Persons have mail addresses and, to authenticate, a principal name. */
export const userNames: CertificateRule = {
  id: 'e_prfu_names',
  severity: 'error',
  source: 'PRF-UA; PRF-US',
  purposes: [...userPurposes, 'operator'],
  check({ subjectAltName = [], purpose }) {
    const wrong = subjectAltName.find(
      (name) =>
        name.kind !== 'rfc822Name' &&
        !(
          name.kind === 'otherName' &&
          (name.oid === oid.smtpUtf8Mailbox || (name.oid === oid.userPrincipalName && purpose === 'user-auth'))
        ),
    );
    return wrong === undefined ? undefined : `a name of the kind ${wrong.kind} has no place here`;
  },
};
