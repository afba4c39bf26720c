import type { OcspRule } from '../rule.ts';

/** Only the certificate of the delegate comes along. */
export const moreCertificates: OcspRule = {
  id: 'w_rev23_more_certificates',
  severity: 'warning',
  source: 'REV-23; RFC 9919 3.2.1',
  check({ certificates }) {
    return certificates.length > 1 ? `${certificates.length} certificates come along` : undefined;
  },
};
