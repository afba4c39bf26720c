import { printable } from '@see/x509';
import { attributeName } from '../attribute-name.ts';
import type { CertificateRule } from '../rule.ts';

/** No attribute says only that it does not apply. */
export const attributeMeaningless: CertificateRule = {
  id: 'e_prf0_attribute_meaningless',
  severity: 'error',
  source: 'PRF-0.7; SBR 7.1.4.2',
  check({ attributes }) {
    const hollow = attributes.find(({ value }) => /^([.\- ]+|n\/?a|none|null|unknown|not applicable)$/i.test(value));
    return hollow === undefined ? undefined : `${attributeName(hollow.type)} says nothing: ${printable(hollow.value)}`;
  },
};
