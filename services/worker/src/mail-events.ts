import type { AuditEvent } from '@see/db';
import type { AskedMail, MailFault } from '@see/db/worker';

const WORKER = { process: 'worker' } as const;

/** What a mail is about, for the audit trail: its order, or the mail itself. */
function objectOf(mail: AskedMail): { objectType: string; objectId: string } {
  return mail.orderId === null
    ? { objectType: 'mail', objectId: mail.id }
    : { objectType: 'order', objectId: mail.orderId };
}

/** That a mail was handed over; a notice once for each of its certificates. */
export function sentEvents(
  mail: AskedMail,
  recipient: string,
  by: string,
  certificates: readonly number[],
): AuditEvent[] {
  if (mail.template === 'recovery') {
    const { recoveryId } = mail.detail as { readonly recoveryId: string };
    const detail = { mailId: mail.id, recipient, by };
    const object = { objectType: 'recovery', objectId: recoveryId };
    return [{ kind: 'recovery.notified', outcome: 'success', actor: WORKER, ...object, detail }];
  }
  if (mail.template !== 'expiry') {
    const detail = { mailId: mail.id, recipient, by };
    return [{ kind: `delivery.${mail.template}`, outcome: 'success', actor: WORKER, ...objectOf(mail), detail }];
  }
  const { days } = mail.detail as { readonly days: number };
  return certificates.map((id) => ({
    kind: 'notice.expiry',
    outcome: 'success',
    actor: WORKER,
    objectType: 'certificate',
    objectId: String(id),
    detail: { mailId: mail.id, days, recipient, by },
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
