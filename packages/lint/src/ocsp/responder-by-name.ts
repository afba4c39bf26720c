import type { OcspRule } from '../rule.ts';

/** New responders are named by the hash of their key. */
export const responderByName: OcspRule = {
  id: 'e_rev22_responder_by_name',
  severity: 'error',
  source: 'REV-22; RFC 9919 3.2.1',
  check({ basic }) {
    return basic.responderId.kind === 'byKey' ? undefined : 'the responder is named by its name';
  },
};
