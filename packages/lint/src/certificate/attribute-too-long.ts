import { upperBound } from '@see/x509';
import { attributeName } from '../attribute-name.ts';
import type { CertificateRule } from '../rule.ts';

/** Attributes keep their upper bounds. */
export const attributeTooLong: CertificateRule = {
  id: 'e_rfc5280_attribute_too_long',
  severity: 'error',
  source: 'RFC 5280 App. A.1',
  check({ attributes }) {
    const long = attributes.find(({ type, value }) => value.length > upperBound(type));
    return long === undefined ? undefined : `${attributeName(long.type)} has ${long.value.length} characters`;
  },
};
