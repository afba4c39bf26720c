import { oid } from '@see/x509';
import { gatewayPurposes, userPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Certificates of organisations name the organisation by its identifier. */
export const organizationIdentifierMissing: CertificateRule = {
  id: 'w_prfg_organization_identifier_missing',
  severity: 'warning',
  source: 'PRF-G; SBR 7.1.4.2.2 d',
  purposes: [...gatewayPurposes, ...userPurposes],
  check(subject) {
    return subject.attributeValues(oid.organizationIdentifier).length === 0
      ? 'organizationIdentifier is missing'
      : undefined;
  },
};
