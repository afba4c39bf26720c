import { type AuditActor, notify, withTransaction, writeAudit } from '@see/db';
import { insertAccessReview, type ReviewedRole } from '@see/db/ra';
import { type Actor, assertPlainText, Refusal } from '@see/http';
import type { Ra } from '../ra.ts';

/** What somebody found about the role of somebody else. */
export interface Review {
  readonly personId: string;
  readonly role: ReviewedRole;
  readonly note: string;
}

/**
 * Records that a person's role was looked at and is still needed; an operator who was locked is let in again at once.
 * What is no longer needed is not recorded here but removed, by two administrators. Nobody reviews themselves.
 */
export async function recordReview(ra: Ra, actor: Actor, by: AuditActor, review: Review): Promise<void> {
  const { personId, role } = review;
  const note = review.note.trim();
  assertPlainText(note, 'The note');
  if (note.length < 3) throw new Refusal('invalid-request', 'Say in a few words why the role is still needed.');
  if (personId === actor.personId) {
    throw new Refusal('forbidden', 'Nobody reviews their own access. Another administrator does.');
  }
  const access = (await ra.reviews.refresh()).find((one) => one.personId === personId && one.role === role);
  if (!access || !ra.authority.current.roles.get(personId)?.has(role)) {
    throw new Refusal('not-found', 'This person does not have this role, so there is nothing to review.');
  }
  await withTransaction(ra.db, async (tx) => {
    await insertAccessReview(tx, { personId, role, reviewedBy: actor.personId, note, reviewedAt: ra.now() });
    await writeAudit(tx, [
      {
        kind: 'access.reviewed',
        outcome: 'success',
        actor: by,
        objectType: 'person',
        objectId: personId,
        detail: { role, note, before: (access.reviewedAt ?? access.grantedAt).toISOString() },
      },
    ]);
    // Other processes read the reviews again when they look at the chain.
    await notify(tx, 'see_chain', 0);
  });
  await ra.reviews.refresh();
}
