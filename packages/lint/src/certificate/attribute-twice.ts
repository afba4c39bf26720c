import { oid } from '@see/x509';
import { attributeName } from '../attribute-name.ts';
import type { CertificateRule } from '../rule.ts';

/** No attribute but OU and DC is there twice; RFC 3183 wants exactly one CN. */
export const attributeTwice: CertificateRule = {
  id: 'e_prf0_attribute_twice',
  severity: 'error',
  source: 'SBR 7.1.4.2',
  check({ attributes }) {
    const seen = new Set<string>();
    for (const { type } of attributes) {
      if (seen.has(type) && type !== oid.organizationalUnitName && type !== oid.domainComponent) {
        return `${attributeName(type)} is there twice`;
      }
      seen.add(type);
    }
    return undefined;
  },
};
