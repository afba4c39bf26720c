import { attributeName } from '../attribute-name.ts';
import type { CertificateRule } from '../rule.ts';

/** No attribute begins or ends with white space or holds two spaces. */
export const attributeUntrimmed: CertificateRule = {
  id: 'e_prf0_attribute_untrimmed',
  severity: 'error',
  source: 'PRF-0.7',
  check({ attributes }) {
    const loose = attributes.find(({ value }) => value !== value.trim() || value.includes('  '));
    return loose === undefined ? undefined : `${attributeName(loose.type)} has superfluous spaces`;
  },
};
