import type { OcspRule } from '../rule.ts';

/** The responder is the CA, or a delegate whose certificate comes along. */
export const responderUnknown: OcspRule = {
  id: 'e_rev23_responder_unknown',
  severity: 'error',
  source: 'REV-22; REV-23',
  check(subject) {
    return subject.issuer === undefined || subject.signedByIssuer || subject.delegate
      ? undefined
      : 'no certificate in the response has the key of the responder';
  },
};
