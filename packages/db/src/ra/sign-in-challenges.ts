import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** What a browser was asked and has not answered yet. */
export type PendingChallenge =
  | { readonly purpose: 'register'; readonly challenge: string; readonly linkId: string }
  | { readonly purpose: 'sign-in'; readonly challenge: string }
  | { readonly purpose: 'choose'; readonly passkeyId: string | null; readonly identityId: string | null };

/** Keeps a challenge for the browser whose cookie has this hash. */
export async function insertChallenge(
  db: Database | Tx,
  cookieSha256: Uint8Array,
  pending: PendingChallenge,
  expiresAt: Date,
): Promise<void> {
  await db
    .insertInto('sign_in_challenges')
    .values({
      cookie_sha256: cookieSha256,
      purpose: pending.purpose,
      challenge: pending.purpose === 'choose' ? null : pending.challenge,
      link_id: pending.purpose === 'register' ? pending.linkId : null,
      passkey_id: pending.purpose === 'choose' ? pending.passkeyId : null,
      identity_id: pending.purpose === 'choose' ? pending.identityId : null,
      expires_at: expiresAt,
    })
    .execute();
}

/** Takes a challenge out, so that it counts once; undefined when there is none of this purpose, or it is over. */
export async function takeChallenge<P extends PendingChallenge['purpose']>(
  db: Database,
  cookieSha256: Uint8Array,
  purpose: P,
  now: Date,
): Promise<Extract<PendingChallenge, { purpose: P }> | undefined> {
  const row = await db
    .deleteFrom('sign_in_challenges')
    .where('cookie_sha256', '=', cookieSha256)
    .where('purpose', '=', purpose)
    .returning(['purpose', 'challenge', 'link_id', 'passkey_id', 'identity_id', 'expires_at'])
    .executeTakeFirst();
  if (!row || row.expires_at <= now) return undefined;
  const { challenge, link_id: linkId, passkey_id: passkeyId, identity_id: identityId } = row;
  // Which members a purpose has is a rule of the schema.
  return { purpose, challenge, linkId, passkeyId, identityId } as unknown as Extract<PendingChallenge, { purpose: P }>;
}

/** Which passkey or account waits for the choice of a role, without taking it out. */
export async function findChoice(
  db: Database,
  cookieSha256: Uint8Array,
  now: Date,
): Promise<{ readonly passkeyId: string | null; readonly identityId: string | null } | undefined> {
  const row = await db
    .selectFrom('sign_in_challenges')
    .select(['passkey_id', 'identity_id'])
    .where('cookie_sha256', '=', cookieSha256)
    .where('purpose', '=', 'choose')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row && { passkeyId: row.passkey_id, identityId: row.identity_id };
}

/** Forgets what was never answered. */
export async function forgetChallenges(db: Database, now: Date): Promise<void> {
  await db.deleteFrom('sign_in_challenges').where('expires_at', '<=', now).execute();
  await db.deleteFrom('oidc_ceremonies').where('expires_at', '<=', now).execute();
}
