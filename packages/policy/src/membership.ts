import type { AgencyScope, Refusal } from '@see/domain';

/**
 * Whether an agency may have a certificate of a profile at a time (seconds), as far as its membership has got (WF-M): a scoped
 * one for its gateways only, since its site is tested with them; people from the start of phase two. That a suspended or
 * removed agency gets none is not said here.
 */
export function membershipViolation(scope: AgencyScope, profileId: string, at: number): Refusal | undefined {
  const { agencyId, status, membership } = scope;
  if (!profileId.startsWith('user-')) return undefined;
  if (status === 'scoped')
    return {
      code: 'agency-not-active',
      message: `agency ${agencyId} is not activated yet: until then it gets no certificates for people`,
      source: 'WF-M',
      remedy: 'record the report on its site and have two operators activate it: see agency activate',
    };
  if (status !== 'active' || (membership?.phase === 2 && membership.start <= at)) return undefined;
  const when =
    membership?.phase === 2
      ? `begins on ${new Date(membership.start * 1000).toISOString().slice(0, 10)}`
      : 'has no date';
  return {
    code: 'phase-not-begun',
    message: `phase two of agency ${agencyId} ${when}: its people get no certificates before`,
    source: 'WF-M',
    remedy: 'have two operators set the phase: see agency phase',
  };
}
