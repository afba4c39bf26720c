import type { OcspRule } from '../rule.ts';

/** Reason 0 is left out. */
export const reasonUnspecified: OcspRule = {
  id: 'e_rev25_reason_unspecified',
  severity: 'error',
  source: 'REV-25; REV-5',
  check({ basic }) {
    return basic.responses.some(({ status }) => status.kind === 'revoked' && status.reason === 0)
      ? 'an answer has the reason unspecified'
      : undefined;
  },
};
