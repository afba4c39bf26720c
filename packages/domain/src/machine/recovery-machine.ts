import type { StateMachine } from './state-machine.ts';

export const RECOVERY_STATES = [
  'requested',
  'approved-1',
  'approved-2',
  'released',
  'closed',
  'refused',
  'expired',
] as const;

export type RecoveryState = (typeof RECOVERY_STATES)[number];
export type RecoveryEvent = 'request' | 'approve' | 'complete' | 'release' | 'close' | 'end' | 'refuse' | 'expire';

const UNRELEASED = ['requested', 'approved-1', 'approved-2'] as const;

/** The life of a request to open a kept encryption key (WF-K). */
export const RECOVERY_MACHINE: StateMachine<RecoveryState, RecoveryEvent> = {
  name: 'Recovery',
  states: RECOVERY_STATES,
  final: ['closed', 'refused', 'expired'],
  transitions: [
    {
      from: null,
      event: 'request',
      to: 'requested',
      by: 'ra',
      guard: 'a copy of the key is kept, and the recipient has a good encryption certificate of ours',
      audit: 'recovery.requested',
    },
    {
      from: ['requested'],
      event: 'approve',
      to: 'approved-1',
      by: 'ra',
      guard: 'in time, by a recovery agent of this key who is neither requester nor holder',
      audit: 'recovery.approved',
    },
    {
      from: ['approved-1'],
      event: 'complete',
      to: 'approved-2',
      by: 'ra',
      guard: 'the same, by another agent; one of the two is not of the agency that asks',
      audit: 'recovery.approved',
    },
    {
      from: ['approved-2'],
      event: 'release',
      to: 'released',
      by: 'ra',
      guard: 'one of the two opened the outer envelope, and the other one takes what was in it',
      audit: 'recovery.released',
    },
    {
      from: ['released'],
      event: 'close',
      to: 'closed',
      by: 'ra',
      guard: 'the requester says that the file arrived, or that nothing can be done with it',
      audit: 'recovery.closed',
    },
    {
      from: ['released'],
      event: 'end',
      to: 'closed',
      by: 'worker',
      guard: 'seven days after the release',
      audit: 'recovery.closed',
    },
    {
      from: UNRELEASED,
      event: 'refuse',
      to: 'refused',
      by: 'ra',
      guard: 'by a recovery agent, with a reason',
      audit: 'recovery.refused',
    },
    {
      from: UNRELEASED,
      event: 'expire',
      to: 'expired',
      by: 'worker',
      guard: 'not released within 72 hours',
      audit: 'recovery.expired',
    },
  ],
};
