import { nameAttribute, oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** The common name of a CA or responder is its own. */
export const caNameOfIssuer: CertificateRule = {
  id: 'e_prfr_common_name_of_issuer',
  severity: 'error',
  source: 'PRF-R',
  purposes: ['issuing-ca', 'ocsp-responder'],
  check(subject) {
    const issuer = subject.issuer && nameAttribute(subject.issuer.certificate.subject, oid.commonName);
    return issuer !== undefined && subject.attributeValues(oid.commonName).includes(issuer)
      ? 'the common name is that of the issuer'
      : undefined;
  },
};
