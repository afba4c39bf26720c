import { findMail, type MailRow } from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import { authorise, type Operation } from '../permissions.ts';
import type { Ra } from '../ra.ts';

/** A mail of the outbox that the actor may do this to. Throws Refusal. */
export async function mailFor(ra: Ra, actor: Actor, operation: Operation, id: string): Promise<MailRow> {
  const mail = await findMail(ra.db, id);
  if (!mail) throw new Refusal('not-found', 'There is no mail with this id.');
  authorise(actor, operation, mail.agencyId);
  return mail;
}
