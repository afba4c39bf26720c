import type { OcspRule } from '../rule.ts';

/** The revocation of a CA has a reason. */
export const caWithoutReason: OcspRule = {
  id: 'e_rev25_ca_without_reason',
  severity: 'error',
  source: 'REV-25',
  check({ basic, context }) {
    if (context.purpose !== 'root') return undefined;
    return basic.responses.some(({ status }) => status.kind === 'revoked' && status.reason === undefined)
      ? 'the revocation of a CA has no reason'
      : undefined;
  },
};
