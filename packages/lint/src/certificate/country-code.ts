import { oid, printable } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** countryName is two capital letters. */
export const countryCode: CertificateRule = {
  id: 'e_prf0_country_code',
  severity: 'error',
  source: 'PRF-0.7',
  check(subject) {
    const wrong = subject.attributeValues(oid.countryName).find((value) => !/^[A-Z]{2}$/.test(value));
    return wrong === undefined ? undefined : `the country ${printable(wrong)} is not a code of two capital letters`;
  },
};
