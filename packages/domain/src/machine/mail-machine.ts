import type { StateMachine } from './state-machine.ts';

export const MAIL_STATES = ['waiting', 'sent', 'failed', 'dropped'] as const;

export type MailState = (typeof MAIL_STATES)[number];

export type MailEvent =
  | 'ask-for-order'
  | 'ask-for-links'
  | 'ask-for-notice'
  | 'ask-for-check'
  | 'send'
  | 'give-up'
  | 'drop'
  | 'retry';

/** The life of a mail in the outbox. A failed one is a dead letter: nothing is tried before somebody asks for it. */
export const MAIL_MACHINE: StateMachine<MailState, MailEvent> = {
  name: 'Mail',
  states: MAIL_STATES,
  final: ['sent', 'dropped'],
  transitions: [
    {
      from: null,
      event: 'ask-for-order',
      to: 'waiting',
      by: 'signer',
      guard:
        'an order of a person opens for redemption: the code, and, outside of batches, the link if the sponsor has another mailbox',
      audit: 'signing.approved',
    },
    {
      from: null,
      event: 'ask-for-links',
      to: 'waiting',
      by: 'worker',
      guard: 'the orders of a sponsor that were approved in batches are open, or the first for ten minutes',
      audit: 'mail.asked',
    },
    {
      from: null,
      event: 'ask-for-notice',
      to: 'waiting',
      by: 'worker',
      guard: 'a certificate ends soon and nobody was told of this step, or a kept key was opened',
      audit: 'notice.due',
    },
    {
      from: null,
      event: 'ask-for-check',
      to: 'waiting',
      by: 'ra',
      guard: 'somebody asks whether a mailbox is the person’s',
      audit: 'mailbox.asked',
    },
    {
      from: ['waiting'],
      event: 'send',
      to: 'sent',
      by: 'worker',
      guard: 'the next mail server has taken it',
      audit: 'delivery.code',
    },
    {
      from: ['waiting'],
      event: 'give-up',
      to: 'failed',
      by: 'worker',
      guard: 'it was tried for two days, or can not be delivered to this address',
      audit: 'mail.failed',
    },
    {
      from: ['waiting'],
      event: 'drop',
      to: 'dropped',
      by: 'worker',
      guard: 'what it tells of is over, or it would bring code and link to one mailbox',
      audit: 'mail.dropped',
    },
    {
      from: ['failed'],
      event: 'retry',
      to: 'waiting',
      by: 'ra',
      guard: 'an operator asks for it, or the mailbox was proved',
      audit: 'mail.retried',
    },
  ],
};
