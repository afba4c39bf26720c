import { gatewayPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** A gateway has mail addresses and no other kind of name. */
export const gatewayNames: CertificateRule = {
  id: 'e_prfg_names',
  severity: 'error',
  source: 'PRF-G',
  purposes: gatewayPurposes,
  check({ subjectAltName = [] }) {
    if (subjectAltName.length === 0) return 'subjectAltName is missing';
    return subjectAltName.every((name) => name.kind === 'rfc822Name')
      ? undefined
      : 'a gateway has a name that is not a mail address';
  },
};
