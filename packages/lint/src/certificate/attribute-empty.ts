import { attributeName } from '../attribute-name.ts';
import type { CertificateRule } from '../rule.ts';

/** Attributes have a value. */
export const attributeEmpty: CertificateRule = {
  id: 'e_rfc5280_attribute_empty',
  severity: 'error',
  source: 'RFC 5280 App. A.1',
  check({ attributes }) {
    const empty = attributes.find(({ value }) => value.length === 0);
    return empty === undefined ? undefined : `${attributeName(empty.type)} is empty`;
  },
};
