import { oid } from '@see/x509';
import { attributeName } from '../attribute-name.ts';
import type { CertificateRule } from '../rule.ts';

/** A server is named by country, place or region, and organisation, never by persons or units. */
export const tlsSubject: CertificateRule = {
  id: 'e_prft_subject',
  severity: 'error',
  source: 'PRF-T; BR 7.1.2.7',
  purposes: ['tls-server'],
  check(subject) {
    const has = (type: string) => subject.attributeValues(type).length > 0;
    if (!has(oid.stateOrProvinceName) && !has(oid.localityName)) return 'the subject has neither L nor ST';
    const wrong = [oid.organizationalUnitName, oid.givenName, oid.surname].find(has);
    return wrong === undefined ? undefined : `the subject has ${attributeName(wrong)}`;
  },
};
