import { oid, parseBasicConstraints, parseKeyUsage } from '@see/x509';
import { leafPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** The issuer is a CA that may sign certificates. */
export const issuerNotCa: CertificateRule = {
  id: 'e_rfc5280_issuer_not_ca',
  severity: 'error',
  source: 'RFC 5280 4.2.1.9',
  purposes: [...leafPurposes, 'issuing-ca'],
  check({ issuer }) {
    if (issuer === undefined) return undefined;
    const basic = issuer.certificate.extension(oid.basicConstraints);
    const usage = issuer.certificate.extension(oid.keyUsage);
    if (basic === undefined || !parseBasicConstraints(basic.value).cA) return 'the issuer is not a CA';
    if (usage === undefined || !parseKeyUsage(usage.value).includes('keyCertSign'))
      return 'the issuer may not sign certificates';
    return undefined;
  },
};
