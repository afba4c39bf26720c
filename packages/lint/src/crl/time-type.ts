import { wrongCrlTime } from '../crl-time.ts';
import type { CrlRule } from '../rule.ts';

/** UTCTime through 2049, GeneralizedTime from 2050, in entries too. */
export const timeType: CrlRule = {
  id: 'e_rev2_time_type',
  severity: 'error',
  source: 'REV-2; RFC 5280 5.1.2.4',
  check({ crl, faults }) {
    return faults.wrongTimeType !== undefined || wrongCrlTime(crl)
      ? 'a time is not UTCTime before 2050 or not GeneralizedTime from then on'
      : undefined;
  },
};
