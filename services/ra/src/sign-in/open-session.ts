import { randomUUID } from 'node:crypto';
import { type AuditActor, type Tx, writeAudit } from '@see/db';
import { insertSession, type SessionMeans } from '@see/db/ra';
import type { Refusal } from '@see/http';
import type { Ra } from '../ra.ts';
import type { HeldRole } from '../role-in-force.ts';
import { cookieDigest } from './cookie-digest.ts';

/** What came of an attempt to sign in: what the cookie holds, or a refusal that is on record and is shown to the reader. */
export type SignInOutcome = { readonly cookie: string } | { readonly refusal: Refusal };

/** How a session is made, for the audit trail and the list of sessions. */
export interface MadeBy {
  readonly means: SessionMeans;
  /** The socket's address of the browser. */
  readonly address: string;
}

/**
 * Opens a session of a person in a role, in the caller's transaction, unless the role is locked for want of a review.
 * The caller found that the person has the role and showed the means. What the cookie holds is kept nowhere.
 */
export async function openSession(ra: Ra, tx: Tx, held: HeldRole, { means, address }: MadeBy): Promise<SignInOutcome> {
  const { personId, role, agencyId } = held;
  const actor: AuditActor = { personId, role, method: means.method, address };
  const by = nameOf(means);
  const event = { kind: 'access.sign-in', actor, objectType: 'session' } as const;
  const refusal = await ra.reviews.lockOf(held, ra.now());
  if (refusal) {
    await writeAudit(tx, [{ ...event, outcome: 'failure', objectId: by, detail: { reason: refusal.code } }]);
    return { refusal };
  }
  const random = (): string => Buffer.from(ra.randomBytes(32)).toString('base64url');
  const cookie = random();
  const id = randomUUID();
  await insertSession(tx, {
    id,
    cookieSha256: cookieDigest('session', cookie),
    personId,
    role,
    agencyId,
    means,
    formToken: random(),
    address,
    now: ra.now(),
  });
  await writeAudit(tx, [{ ...event, outcome: 'success', objectId: id, detail: { by, agencyId } }]);
  return { cookie };
}

/** What a session was made with, as the audit trail names it. */
function nameOf(means: SessionMeans): string {
  switch (means.method) {
    case 'token':
      return means.tokenId;
    case 'passkey':
      return means.passkeyId;
    case 'certificate':
      return String(means.certificateId);
    case 'oidc':
      return means.identityId;
  }
}
