import { hasForbiddenCharacter } from '@see/x509';
import { attributeName } from '../attribute-name.ts';
import type { CertificateRule } from '../rule.ts';

/** No attribute holds control, format or private characters. */
export const attributeUnsafe: CertificateRule = {
  id: 'e_prf0_attribute_unsafe',
  severity: 'error',
  source: 'PRF-0.7',
  check({ attributes }) {
    const unsafe = attributes.find(({ value }) => hasForbiddenCharacter(value));
    return unsafe === undefined ? undefined : `${attributeName(unsafe.type)} holds a control character`;
  },
};
