import type { CertificateRule } from '../rule.ts';
import { hasRightTimeType, validityTags } from '../time-type.ts';

/** UTCTime through 2049, GeneralizedTime from 2050. */
export const timeType: CertificateRule = {
  id: 'e_rfc5280_time_type',
  severity: 'error',
  source: 'PRF-0.3; RFC 5280 4.1.2.5',
  check({ tbs }) {
    const [first, second] = validityTags(tbs.validityDer);
    const right = hasRightTimeType(first, tbs.notBefore) && hasRightTimeType(second, tbs.notAfter);
    return right ? undefined : 'a time is not UTCTime before 2050 or not GeneralizedTime from then on';
  },
};
