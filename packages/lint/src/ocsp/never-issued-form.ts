import { isEpoch, isNeverIssued } from '../never-issued.ts';
import type { OcspRule } from '../rule.ts';

/** The answer for a serial never issued has reason certificateHold and no extensions. */
export const neverIssuedForm: OcspRule = {
  id: 'e_rev26_never_issued_form',
  severity: 'error',
  source: 'REV-26; RFC 6960 2.2',
  check({ basic }) {
    const wrong = basic.responses.some(
      (single) => isEpoch(single) && (!isNeverIssued(single) || single.singleExtensions.length > 0),
    );
    return wrong ? 'an answer revoked at 1970-01-01 lacks certificateHold or has extensions' : undefined;
  },
};
