import { randomUUID } from 'node:crypto';
import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import {
  findPerson,
  findSignInIdentityById,
  insertSignInIdentity,
  removeSignInIdentity,
  type SignInIdentity,
} from '@see/db/ra';
import { type Actor, assertPlainText, Refusal } from '@see/http';
import type { Ra } from '../ra.ts';
import { offeredProvider } from './sign-in-with-oidc.ts';

/**
 * Records that an account at the site's provider is a person's, by an administrator. Throws Refusal `already-exists` for
 * an account that is somebody's, and `sign-in-off` where there is no provider. NOT checked: that there is such an account;
 * the first sign-in shows it.
 */
export async function addAccount(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  personId: string,
  subject: string,
): Promise<SignInIdentity> {
  const { issuer } = offeredProvider(ra);
  assertPlainText(subject, 'The name of an account');
  const person = await findPerson(ra.db, personId);
  if (!person) throw new Refusal('not-found', 'There is no person with this id.');
  if (person.leftAt)
    throw new Refusal('wrong-state', `${person.displayName} has left. People who left sign in nowhere.`);
  const made = { id: randomUUID(), issuer, subject, personId, createdBy: actor.personId, createdAt: ra.now() };
  await withTransaction(ra.db, async (tx) => {
    await insertSignInIdentity(tx, made);
    await writeAudit(tx, [event('access.account-added', by, made)]);
  });
  return { ...made, displayName: person.displayName, lastUsedAt: null };
}

/** Removes an account for good, with the sessions made with it, for its owner or an administrator. */
export async function removeAccount(ra: Ra, actor: Actor, by: AuditActor, id: string): Promise<void> {
  const identity = await findSignInIdentityById(ra.db, id);
  if (!identity || (identity.personId !== actor.personId && actor.role !== 'administrator')) throw none();
  await withTransaction(ra.db, async (tx) => {
    if (!(await removeSignInIdentity(tx, id, actor.personId, ra.now()))) throw none();
    await writeAudit(tx, [event('access.account-removed', by, identity)]);
  });
}

function none(): Refusal {
  return new Refusal('not-found', 'No account of yours has this id. Administrators remove those of others.');
}

function event(
  kind: string,
  by: AuditActor,
  { id, personId, issuer, subject }: Pick<SignInIdentity, 'id' | 'personId' | 'issuer' | 'subject'>,
) {
  const detail = { id, issuer, subject };
  return { kind, outcome: 'success', actor: by, objectType: 'person', objectId: personId, detail } as const;
}
