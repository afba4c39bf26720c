import { oid } from '@see/x509';
import { attributeName } from '../attribute-name.ts';
import { caPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** CAs and responders are named by country, organisation and common name. */
export const caSubject: CertificateRule = {
  id: 'e_prfr_ca_subject',
  severity: 'error',
  source: 'PRF-R; SBR 7.1.4.3.1',
  purposes: [...caPurposes, 'ocsp-responder'],
  check(subject) {
    const missing = [oid.countryName, oid.organizationName, oid.commonName].find(
      (type) => subject.attributeValues(type).length !== 1,
    );
    return missing === undefined ? undefined : `the subject has not exactly one ${attributeName(missing)}`;
  },
};
