import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { type Person, reviewPerson } from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import type { Ra } from '../../ra.ts';
import { REVIEW_AFTER } from '../create-person.ts';

/** Records that the record of a person was looked at and is right, for a year. Nobody confirms their own. */
export async function confirmPerson(ra: Ra, actor: Actor, by: AuditActor, person: Person): Promise<Date> {
  if (person.leftAt !== null) throw new Refusal('wrong-state', 'The person has left: there is nothing to confirm.');
  if (person.id === actor.personId)
    throw new Refusal(
      'forbidden',
      'Nobody confirms their own record. Somebody else of the agency does, or an operator.',
    );
  const at = ra.now();
  const nextReviewAt = new Date(at.getTime() + REVIEW_AFTER);
  await withTransaction(ra.db, async (tx) => {
    await reviewPerson(tx, person.id, { by: actor.personId, at, nextReviewAt });
    await writeAudit(tx, [
      {
        kind: 'person.reviewed',
        outcome: 'success',
        actor: by,
        objectType: 'person',
        objectId: person.id,
        detail: { before: person.lastVerifiedAt.toISOString(), nextReviewAt: nextReviewAt.toISOString() },
      },
    ]);
  });
  return nextReviewAt;
}
