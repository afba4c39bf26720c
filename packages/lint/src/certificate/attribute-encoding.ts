import { defaultEncoding } from '@see/x509';
import { attributeName } from '../attribute-name.ts';
import type { CertificateRule } from '../rule.ts';

/** Attributes have the string type that RFC 5280 App. A gives them. */
export const attributeEncoding: CertificateRule = {
  id: 'e_prf0_attribute_encoding',
  severity: 'error',
  source: 'PRF-0.7',
  check({ attributes }) {
    for (const { type, encoding } of attributes) {
      const expected = defaultEncoding(type);
      if (encoding === expected || (expected === 'utf8' && encoding === 'printable')) continue;
      return `${attributeName(type)} is not encoded as ${expected}`;
    }
    return undefined;
  },
};
