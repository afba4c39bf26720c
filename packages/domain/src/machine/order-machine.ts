import type { StateMachine } from './state-machine.ts';

export const ORDER_STATES = [
  'preparing',
  'pending',
  'approved',
  'redeemable',
  'issuing',
  'issued',
  'rejected',
  'refused',
  'withdrawn',
  'lapsed',
  'locked',
] as const;

export type OrderState = (typeof ORDER_STATES)[number];

export type OrderEvent =
  | 'order'
  | 'request'
  | 'bind-code'
  | 'give-up'
  | 'approve'
  | 'complete'
  | 'open'
  | 'take-up'
  | 'record'
  | 'refuse'
  | 'lock'
  | 'reject'
  | 'withdraw'
  | 'lapse';

/** Before anything is signed, and before it is known that nothing will be. */
const OPEN = ['preparing', 'pending', 'approved', 'redeemable', 'locked'] as const;

/** The life of an order (WF-E as far as orders go; evidence and acceptance are recorded beside it). */
export const ORDER_MACHINE: StateMachine<OrderState, OrderEvent> = {
  name: 'Order',
  states: ORDER_STATES,
  final: ['issued', 'rejected', 'refused', 'withdrawn', 'lapsed'],
  transitions: [
    {
      from: null,
      event: 'order',
      to: 'pending',
      by: 'ra',
      guard: 'it brings its keys and breaks no rule of policy',
      audit: 'order.create',
    },
    {
      from: null,
      event: 'request',
      to: 'preparing',
      by: 'ra',
      guard: 'a person will bring the keys; it breaks no rule of policy',
      audit: 'order.create',
    },
    {
      from: ['preparing'],
      event: 'bind-code',
      to: 'pending',
      by: 'worker',
      guard: 'the code is made and its commitment vouched for',
      audit: 'code.bound',
    },
    {
      from: ['preparing'],
      event: 'give-up',
      to: 'refused',
      by: 'worker',
      guard: 'no code can be bound to what was stored',
      audit: 'code.refused',
    },
    {
      from: ['pending'],
      event: 'approve',
      to: null,
      by: 'ra',
      guard: 'in time, by an operator who is no party and did not enter it, over the content it has; once a person',
      audit: 'order.approve',
    },
    {
      from: ['pending'],
      event: 'complete',
      to: 'approved',
      by: 'ra',
      guard: 'with this approval the quorum is reached',
      audit: 'order.approve',
    },
    {
      from: ['approved'],
      event: 'open',
      to: 'redeemable',
      by: 'signer',
      guard: 'a person’s order whose approvals hold',
      audit: 'signing.approved',
    },
    {
      from: ['approved', 'redeemable'],
      event: 'take-up',
      to: 'issuing',
      by: 'signer',
      guard: 'approvals, names and keys hold; the order was never taken up before',
      audit: 'signing.intended',
    },
    {
      from: ['issuing'],
      event: 'record',
      to: 'issued',
      by: 'signer',
      guard: 'every certificate of it was signed and verified',
      audit: 'certificate.issued',
    },
    {
      from: ['approved', 'redeemable'],
      event: 'refuse',
      to: 'refused',
      by: 'signer',
      guard: 'something does not hold',
      audit: 'signing.refused',
    },
    {
      from: ['redeemable'],
      event: 'lock',
      to: 'locked',
      by: 'signer',
      guard: 'the fifth wrong code',
      audit: 'redemption.check',
    },
    {
      from: OPEN,
      event: 'reject',
      to: 'rejected',
      by: 'ra',
      guard: 'by an operator, with a reason',
      audit: 'order.reject',
    },
    {
      from: OPEN,
      event: 'withdraw',
      to: 'withdrawn',
      by: 'ra',
      guard: 'by those who may order for the agency, with a reason',
      audit: 'order.withdraw',
    },
    {
      from: ['preparing', 'pending', 'approved', 'redeemable'],
      event: 'lapse',
      to: 'lapsed',
      by: 'worker',
      guard: 'the time for approving it, or for using it, is over',
      audit: 'lapse.order',
    },
  ],
};
