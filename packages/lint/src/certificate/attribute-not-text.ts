import { attributeName } from '../attribute-name.ts';
import type { CertificateRule } from '../rule.ts';

/** Every attribute is a character string. */
export const attributeNotText: CertificateRule = {
  id: 'e_prf0_attribute_not_text',
  severity: 'error',
  source: 'PRF-0.7',
  check({ attributes }) {
    const raw = attributes.find(({ value, encoding }) => encoding === undefined && value.startsWith('#'));
    return raw === undefined ? undefined : `${attributeName(raw.type)} is not a character string`;
  },
};
