import { createHash } from 'node:crypto';
import { type AuditActor, brokenConstraint, notify, withTransaction, writeAudit } from '@see/db';
import {
  type AnsweredCheck,
  askForMailboxCheck,
  findCheckByLink,
  insertMailboxProof,
  listHeldBackMails,
  lockPerson,
  type Person,
} from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import type { Ra } from '../ra.ts';
import { retryInTransaction } from './retry-mail.ts';

/** Asks by mail whether a person's mailbox is theirs. Returns when the answer must have come. Throws Refusal. */
export async function askForCheck(ra: Ra, actor: Actor, by: AuditActor, person: Person): Promise<Date> {
  const { email, leftAt } = person;
  if (email === null || leftAt !== null) {
    const why = email === null ? 'This person has no mail address.' : 'This person has left.';
    throw new Refusal('wrong-state', `${why} Change the record first.`);
  }
  return withTransaction(ra.db, async (tx) => {
    await lockPerson(tx, person.id);
    const id = crypto.randomUUID();
    const check = { id, personId: person.id, agencyId: person.agencyId, address: email, askedBy: actor.personId };
    const until = await askForMailboxCheck(tx, check);
    if (!until) throw new Refusal('too-many-requests', 'A mail was asked for within the last minute. Wait for it.');
    await writeAudit(tx, [
      {
        kind: 'mailbox.asked',
        outcome: 'success',
        actor: by,
        objectType: 'person',
        objectId: person.id,
        detail: { checkId: id, address: email },
      },
    ]);
    await notify(tx, 'see_mails', 0);
    return until;
  });
}

/** The check that a link is of, while it can be confirmed. Changes nothing: programs follow links too. Throws Refusal `link-over`. */
export async function openCheckOf(ra: Ra, token: string): Promise<AnsweredCheck> {
  const check = await findCheckByLink(ra.db, new Uint8Array(createHash('sha256').update(bytesOf(token)).digest()));
  if (!check?.open || check.purpose !== 'mailbox') throw linkOver();
  return check;
}

/**
 * Takes the proof that a mailbox is the person's: what was held back for it goes out, and its flag is gone. Throws Refusal
 * `link-over`.
 */
export async function confirmMailbox(ra: Ra, by: AuditActor, token: string): Promise<AnsweredCheck> {
  const check = await openCheckOf(ra, token);
  const actor = { ...by, personId: check.personId, method: 'mailed-link' };
  try {
    await withTransaction(ra.db, async (tx) => {
      await insertMailboxProof(tx, check.id, bytesOf(token));
      await writeAudit(tx, [
        {
          kind: 'mailbox.proved',
          outcome: 'success',
          actor,
          objectType: 'person',
          objectId: check.personId,
          detail: { checkId: check.id, address: check.address },
        },
      ]);
      for (const mail of await listHeldBackMails(tx, check.address)) await retryInTransaction(tx, actor, mail);
    });
  } catch (error) {
    if (brokenConstraint(error) === 'mailbox_proofs_pkey') throw linkOver();
    throw error;
  }
  return check;
}

function bytesOf(token: string): Uint8Array {
  return new Uint8Array(Buffer.from(token, 'base64url'));
}

function linkOver(): Refusal {
  return new Refusal(
    'link-over',
    'It was used, its 24 hours are over, or the address was changed. Ask for a new mail.',
  );
}
