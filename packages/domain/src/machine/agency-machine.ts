import type { StateMachine } from './state-machine.ts';

export type AgencyState = 'active' | 'suspended' | 'removed';
export type AgencyEvent = 'admit' | 'set-scope' | 'suspend' | 'resume' | 'remove';

/**
 * The life of a member agency as statements carry it (WF-M from `scoped` on: what comes before are records that widen
 * nothing). A suspended or removed agency, or one past its review date, gets no certificates.
 */
export const AGENCY_MACHINE: StateMachine<AgencyState, AgencyEvent> = {
  name: 'Agency',
  states: ['active', 'suspended', 'removed'],
  final: ['removed'],
  transitions: [
    {
      from: null,
      event: 'admit',
      to: 'active',
      by: 'signer',
      guard: 'an agency-scope statement of two operators; its domains belong to nobody else',
      audit: 'statement.accepted',
    },
    {
      from: ['active', 'suspended'],
      event: 'set-scope',
      to: null,
      by: 'signer',
      guard: 'an agency-scope statement of two operators',
      audit: 'statement.accepted',
    },
    {
      from: ['active'],
      event: 'suspend',
      to: 'suspended',
      by: 'signer',
      guard: 'an agency-suspend statement of two operators',
      audit: 'statement.accepted',
    },
    {
      from: ['suspended'],
      event: 'resume',
      to: 'active',
      by: 'signer',
      guard: 'an agency-resume statement',
      audit: 'statement.accepted',
    },
    {
      from: ['active', 'suspended'],
      event: 'remove',
      to: 'removed',
      by: 'signer',
      guard: 'an agency-remove statement of two operators',
      audit: 'statement.accepted',
    },
  ],
};
