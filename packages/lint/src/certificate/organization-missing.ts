import { oid } from '@see/x509';
import { attributeName } from '../attribute-name.ts';
import { gatewayPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Gateways and servers belong to an organisation in a country. */
export const organizationMissing: CertificateRule = {
  id: 'e_prfg_organization_missing',
  severity: 'error',
  source: 'PRF-G; SBR 7.1.4.2.2',
  purposes: [...gatewayPurposes, 'tls-server'],
  check(subject) {
    const missing = [oid.countryName, oid.organizationName].find((type) => subject.attributeValues(type).length === 0);
    return missing === undefined ? undefined : `the subject has no ${attributeName(missing)}`;
  },
};
