import { subscriberPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** A subscriber certificate says where its policy can be read. */
export const cpsUriMissing: CertificateRule = {
  id: 'e_see23_cps_uri_missing',
  severity: 'error',
  source: 'SEE-23',
  purposes: subscriberPurposes,
  check({ policies }) {
    if (policies === undefined) return undefined;
    return policies.some(({ cpsUri }) => cpsUri !== undefined) ? undefined : 'no policy has a cpsUri';
  },
};
