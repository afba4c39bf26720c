import { oid } from '@see/x509';
import { attributeName } from '../attribute-name.ts';
import { gatewayPurposes, userPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** No street addresses or postal codes. */
export const streetAddress: CertificateRule = {
  id: 'e_prfg_street_address',
  severity: 'error',
  source: 'PRF-G; SBR 7.1.4.2.2',
  purposes: [...gatewayPurposes, ...userPurposes],
  check(subject) {
    const found = [oid.streetAddress, oid.postalCode].find((type) => subject.attributeValues(type).length > 0);
    return found === undefined ? undefined : `the subject has a ${attributeName(found)}`;
  },
};
