import type { StateMachine } from './state-machine.ts';

/** Of an agency that has no scope yet: records, which widen nothing. */
export type ApplicationState = 'proposed' | 'verified' | 'declined';

/** Of an agency with a scope, as the statements of two operators say. */
export type MemberState = 'scoped' | 'active' | 'suspended' | 'removed';

export type AgencyState = ApplicationState | 'site-certified' | MemberState;
export type AgencyEvent =
  | 'apply'
  | 'verify-org'
  | 'decline'
  | 'admit'
  | 'set-scope'
  | 'certify'
  | 'activate'
  | 'set-phase'
  | 'suspend'
  | 'resume'
  | 'remove';

const TWO_OPERATORS = 'statement of two operators';

/**
 * The life of a member agency (WF-M). What comes before the scope are records; `site-certified` is a record too, and in the
 * statements the agency is `scoped` still. A suspended or removed agency, or one past its review date, gets no certificates;
 * a scoped one those of its gateways only, since its site is tested with them.
 */
export const AGENCY_MACHINE: StateMachine<AgencyState, AgencyEvent> = {
  name: 'Agency',
  states: ['proposed', 'verified', 'declined', 'scoped', 'site-certified', 'active', 'suspended', 'removed'],
  final: ['declined', 'removed'],
  transitions: [
    {
      from: null,
      event: 'apply',
      to: 'proposed',
      by: 'ra',
      guard: 'a letter of the chief executive is on record',
      audit: 'agency.proposed',
    },
    {
      from: ['proposed'],
      event: 'verify-org',
      to: 'verified',
      by: 'ra',
      guard: 'an operator who did not enter it has checked name and identifier against a register',
      audit: 'agency.verified',
    },
    {
      from: ['proposed', 'verified'],
      event: 'decline',
      to: 'declined',
      by: 'ra',
      guard: 'an operator says why',
      audit: 'agency.declined',
    },
    {
      from: ['verified'],
      event: 'admit',
      to: 'scoped',
      by: 'signer',
      guard: `an agency-scope ${TWO_OPERATORS}, with the verified name and identifier; its domains belong to nobody else`,
      audit: 'statement.accepted',
    },
    {
      from: ['scoped', 'site-certified', 'active', 'suspended'],
      event: 'set-scope',
      to: null,
      by: 'signer',
      guard: `an agency-scope ${TWO_OPERATORS}`,
      audit: 'statement.accepted',
    },
    {
      from: ['scoped', 'site-certified'],
      event: 'certify',
      to: 'site-certified',
      by: 'ra',
      guard: 'the report on an accredited product in which every mandatory test passed',
      audit: 'agency.site-certified',
    },
    {
      from: ['scoped', 'site-certified'],
      event: 'activate',
      to: 'active',
      by: 'signer',
      guard: `an agency-activate ${TWO_OPERATORS}, which names the report, once both gateway certificates are issued; without gateways there is no report`,
      audit: 'statement.accepted',
    },
    {
      from: ['active'],
      event: 'set-phase',
      to: null,
      by: 'signer',
      guard: `an agency-phase ${TWO_OPERATORS}`,
      audit: 'statement.accepted',
    },
    {
      from: ['active'],
      event: 'suspend',
      to: 'suspended',
      by: 'signer',
      guard: `an agency-suspend ${TWO_OPERATORS}`,
      audit: 'statement.accepted',
    },
    {
      from: ['suspended'],
      event: 'resume',
      to: 'active',
      by: 'signer',
      guard: `an agency-resume ${TWO_OPERATORS}`,
      audit: 'statement.accepted',
    },
    {
      from: ['scoped', 'site-certified', 'active', 'suspended'],
      event: 'remove',
      to: 'removed',
      by: 'signer',
      guard: `an agency-remove ${TWO_OPERATORS}`,
      audit: 'statement.accepted',
    },
  ],
};

/** The state of a member after an event; undefined when it can not happen. What is a record alone is no state of a member. */
export function nextMemberState(state: MemberState, event: AgencyEvent): MemberState | undefined {
  const row = AGENCY_MACHINE.transitions.find((one) => one.event === event && one.from?.includes(state));
  if (!row) return undefined;
  const to = row.to ?? state;
  return to === 'scoped' || to === 'active' || to === 'suspended' || to === 'removed' ? to : undefined;
}
