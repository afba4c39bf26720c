import type { AuditEvent } from '@see/db';
import type { AskedMail, MailFault } from '@see/db/worker';
import type { RefusedOrder, WrittenMail } from './written-mail.ts';

const WORKER = { process: 'worker' } as const;

/** What a mail is about, for the audit trail: its order, or the mail itself. */
function objectOf(mail: AskedMail): { objectType: string; objectId: string } {
  return mail.orderId === null
    ? { objectType: 'mail', objectId: mail.id }
    : { objectType: 'order', objectId: mail.orderId };
}

/** That a mail was handed over: an event for each thing that it tells of. */
export function sentEvents(
  mail: AskedMail,
  { recipient, orders, certificates }: Extract<WrittenMail, { readonly letter: unknown }>,
  by: string,
): AuditEvent[] {
  const sent = { outcome: 'success', actor: WORKER } as const;
  const detail = { mailId: mail.id, recipient, by };
  switch (mail.template) {
    case 'code':
    case 'link':
    case 'links': {
      const kind = mail.template === 'code' ? 'delivery.code' : 'delivery.link';
      return (orders ?? []).map((id) => ({ kind, ...sent, objectType: 'order', objectId: id, detail }));
    }
    case 'expiry': {
      const { days } = mail.detail as { readonly days: number };
      const told = { ...sent, objectType: 'certificate', detail: { ...detail, days } };
      return (certificates ?? []).map((id) => ({ kind: 'notice.expiry', ...told, objectId: String(id) }));
    }
    case 'recovery': {
      const { recoveryId } = mail.detail as { readonly recoveryId: string };
      return [{ kind: 'recovery.notified', ...sent, objectType: 'recovery', objectId: recoveryId, detail }];
    }
    case 'digest':
    case 'mailbox-check':
    case 'reissue':
      return [{ kind: `delivery.${mail.template}`, ...sent, ...objectOf(mail), detail }];
    default:
      return mail.template satisfies never;
  }
}

/** That orders were left out of a letter, since their bytes are not what approvers signed. */
export function leftOutEvents(mail: AskedMail, refusals: readonly RefusedOrder[]): AuditEvent[] {
  return refusals.map(({ orderId, code, message }) => ({
    kind: 'delivery.refused',
    outcome: 'failure',
    actor: WORKER,
    objectType: 'order',
    objectId: orderId,
    detail: { mailId: mail.id, template: mail.template, code, message },
  }));
}

/** That a try failed: `delivery.refused` when we would not send it, `delivery.failed` when the next server did not take it. */
export function triedEvent(mail: AskedMail, fault: MailFault, ours: boolean): AuditEvent {
  const detail = { mailId: mail.id, template: mail.template, ...fault };
  const kind = ours ? 'delivery.refused' : 'delivery.failed';
  return { kind, outcome: 'failure', actor: WORKER, ...objectOf(mail), detail: { ...detail, message: fault.reason } };
}

/** That a mail was given up or is not wanted any more. */
export function endedEvent(mail: AskedMail, kind: 'mail.failed' | 'mail.dropped', fault: MailFault): AuditEvent {
  const { id, template, orderId, recipient } = mail;
  return {
    kind,
    outcome: kind === 'mail.failed' ? 'failure' : 'success',
    actor: WORKER,
    objectType: 'mail',
    objectId: id,
    detail: { template, recipient, ...(orderId === null ? {} : { orderId }), ...fault },
  };
}
