import type { OcspRule } from '../rule.ts';

/** Nothing is revoked in the future. */
export const revokedInFuture: OcspRule = {
  id: 'e_rev25_revoked_in_future',
  severity: 'error',
  source: 'REV-25',
  check({ basic, context }) {
    return basic.responses.some(({ status }) => status.kind === 'revoked' && status.revocationTime > context.now)
      ? 'an answer is revoked in the future'
      : undefined;
  },
};
