import { oid } from '@see/x509';
import { userPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Certificates of persons hold their mail address. */
export const mailAddressMissing: CertificateRule = {
  id: 'e_prfu_mail_address_missing',
  severity: 'error',
  source: 'PRF-US; PRF-UE',
  purposes: userPurposes,
  check({ subjectAltName = [] }) {
    const found = subjectAltName.some(
      (name) => name.kind === 'rfc822Name' || (name.kind === 'otherName' && name.oid === oid.smtpUtf8Mailbox),
    );
    return found ? undefined : 'subjectAltName has no mail address';
  },
};
