import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { insertPerson } from '@see/db/ra';
import { type Authority, personId, type Refusal } from '@see/domain';
import { agencyViolations, defaultDisplayName, personViolations, readMailAddress } from '@see/policy';
import type { Ra } from '../ra.ts';
import { refusedFor } from '../refusal.ts';

/** What an agency says about one of its people. */
export interface PersonWish {
  readonly agencyId: string;
  readonly givenName?: string;
  readonly surname: string;
  readonly displayName?: string;
  readonly email: string;
  readonly externalId?: string;
}

/** How long a person's record counts as verified, in milliseconds. */
export const REVIEW_AFTER = 365 * 86_400_000;

/**
 * Enters a person under a new permanent id. Names and address are held against what certificates can carry and what
 * the agency's scope allows; everything that is wrong is said at once.
 */
export async function createPerson(ra: Ra, by: AuditActor, wish: PersonWish): Promise<string> {
  const displayName = wish.displayName ?? defaultDisplayName(wish.givenName, wish.surname);
  const violations = violationsOf(ra.authority.current, { ...wish, displayName });
  if (violations.length > 0) throw refusedFor('invalid-request', violations);
  const mail = readMailAddress(wish.email);
  const id = personId(ra.randomBytes(10));
  const now = ra.now();
  await withTransaction(ra.db, async (tx) => {
    await insertPerson(tx, {
      id,
      agencyId: wish.agencyId,
      givenName: wish.givenName ?? null,
      surname: wish.surname,
      displayName,
      email: mail ? `${mail.localPart}@${mail.domain}` : null,
      externalId: wish.externalId ?? null,
      lastVerifiedAt: now,
      nextReviewAt: new Date(now.getTime() + REVIEW_AFTER),
      verifiedBy: by.personId ?? null,
    });
    await writeAudit(tx, [
      {
        kind: 'person.create',
        outcome: 'success',
        actor: by,
        objectType: 'person',
        objectId: id,
        detail: { agencyId: wish.agencyId },
      },
    ]);
  });
  return id;
}

function violationsOf(authority: Authority, wish: PersonWish & { displayName: string }): Refusal[] {
  const found = [...agencyViolations(authority, wish.agencyId), ...personViolations(authority, wish.agencyId, wish)];
  return found.map((violation) => ({ ...violation, path: `body/${violation.path ?? ''}` }));
}
