import { type AuditActor, notify, type Tx, withTransaction, writeAudit } from '@see/db';
import { type MailRow, retryMail } from '@see/db/ra';
import { Refusal } from '@see/http';
import type { Ra } from '../ra.ts';

/** Has a mail that was given up tried again, as if it had just been asked for. Throws Refusal `wrong-state`. */
export async function retryFailedMail(ra: Ra, by: AuditActor, mail: MailRow): Promise<void> {
  await withTransaction(ra.db, async (tx) => {
    if (!(await retryInTransaction(tx, by, mail))) {
      throw new Refusal('wrong-state', `Only a mail that was given up is tried again; this one is ${mail.state}.`);
    }
  });
}

/** The same within a change that makes it possible; false when the mail is not failed any more. */
export async function retryInTransaction(
  tx: Tx,
  by: AuditActor,
  mail: Pick<MailRow, 'id' | 'template' | 'recipient'>,
): Promise<boolean> {
  if (!(await retryMail(tx, mail.id))) return false;
  await writeAudit(tx, [
    {
      kind: 'mail.retried',
      outcome: 'success',
      actor: by,
      objectType: 'mail',
      objectId: mail.id,
      detail: { template: mail.template, recipient: mail.recipient },
    },
  ]);
  await notify(tx, 'see_mails', 0);
  return true;
}
