import type { OcspRule } from '../rule.ts';

/** removeFromCRL is no state of a certificate. */
export const reasonImpossible: OcspRule = {
  id: 'e_rev34_reason_impossible',
  severity: 'error',
  source: 'REV-34; REV-5',
  check({ basic }) {
    return basic.responses.some(({ status }) => status.kind === 'revoked' && status.reason === 8)
      ? 'an answer has the reason removeFromCRL'
      : undefined;
  },
};
