import { oid } from '@see/x509';
import { attributeName } from '../attribute-name.ts';
import { userPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** The certificate of a public servant names country and organisation. */
export const userOrganization: CertificateRule = {
  id: 'w_prfu_organization_missing',
  severity: 'warning',
  source: 'PRF-UA',
  purposes: [...userPurposes, 'operator'],
  check(subject) {
    const missing = [oid.countryName, oid.organizationName].find((type) => subject.attributeValues(type).length === 0);
    return missing === undefined ? undefined : `the subject has no ${attributeName(missing)}`;
  },
};
