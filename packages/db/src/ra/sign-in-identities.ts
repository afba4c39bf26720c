import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** An account at an OpenID provider that is a person's, by the act of an administrator. */
export interface SignInIdentity {
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly personId: string;
  readonly displayName: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export type NewSignInIdentity = Omit<SignInIdentity, 'displayName' | 'lastUsedAt'>;

/** What a browser that was sent to the provider must come back with. */
export interface OidcCeremony {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
  /** Where the reader wanted to go. */
  readonly next: string;
}

/** Records whose an account is. The schema refuses one that is somebody's already (23505). */
export async function insertSignInIdentity(tx: Tx, identity: NewSignInIdentity): Promise<void> {
  await tx
    .insertInto('sign_in_identities')
    .values({
      id: identity.id,
      issuer: identity.issuer,
      subject: identity.subject,
      person_id: identity.personId,
      created_by: identity.createdBy,
      created_at: identity.createdAt,
    })
    .execute();
}

/** Whose an account is, unless that was removed. */
export async function findSignInIdentity(
  db: Database,
  issuer: string,
  subject: string,
): Promise<SignInIdentity | undefined> {
  const row = await identities(db).where('i.issuer', '=', issuer).where('i.subject', '=', subject).executeTakeFirst();
  return row && identityOf(row);
}

/** The same by our own id. */
export async function findSignInIdentityById(db: Database, id: string): Promise<SignInIdentity | undefined> {
  const row = await identities(db).where('i.id', '=', id).executeTakeFirst();
  return row && identityOf(row);
}

/** A person's accounts, the newest first. */
export async function listSignInIdentities(db: Database, personId: string): Promise<readonly SignInIdentity[]> {
  const rows = await identities(db).where('i.person_id', '=', personId).orderBy('i.created_at', 'desc').execute();
  return rows.map(identityOf);
}

export async function noteSignInIdentityUse(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('sign_in_identities')
    .set({ last_used_at: now })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .execute();
}

/** Removes an account for good and ends the sessions made with it. False when it is gone already. */
export async function removeSignInIdentity(tx: Tx, id: string, by: string, now: Date): Promise<boolean> {
  const rows = await tx
    .updateTable('sign_in_identities')
    .set({ removed_at: now, removed_by: by })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('id')
    .execute();
  await tx
    .updateTable('sessions')
    .set({ ended_at: now, end_reason: 'withdrawn', ended_by: by })
    .where('identity_id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
  return rows.length > 0;
}

/** Keeps what a browser was sent away with, for the one whose cookie has this hash. */
export async function insertOidcCeremony(
  db: Database,
  cookieSha256: Uint8Array,
  ceremony: OidcCeremony,
  expiresAt: Date,
): Promise<void> {
  await db
    .insertInto('oidc_ceremonies')
    .values({
      cookie_sha256: cookieSha256,
      state: ceremony.state,
      nonce: ceremony.nonce,
      code_verifier: ceremony.codeVerifier,
      redirect_uri: ceremony.redirectUri,
      next: ceremony.next,
      expires_at: expiresAt,
    })
    .execute();
}

/** Takes it out, so that it counts once; undefined when there is none, or it is over. */
export async function takeOidcCeremony(
  db: Database,
  cookieSha256: Uint8Array,
  now: Date,
): Promise<OidcCeremony | undefined> {
  const row = await db
    .deleteFrom('oidc_ceremonies')
    .where('cookie_sha256', '=', cookieSha256)
    .returning(['state', 'nonce', 'code_verifier', 'redirect_uri', 'next', 'expires_at'])
    .executeTakeFirst();
  if (!row || row.expires_at <= now) return undefined;
  const { state, nonce, code_verifier: codeVerifier, redirect_uri: redirectUri, next } = row;
  return { state, nonce, codeVerifier, redirectUri, next };
}

function identities(db: Database) {
  return db
    .selectFrom('sign_in_identities as i')
    .innerJoin('people as p', 'p.id', 'i.person_id')
    .select([
      'i.id',
      'i.issuer',
      'i.subject',
      'i.person_id',
      'i.created_by',
      'i.created_at',
      'i.last_used_at',
      'p.display_name',
    ])
    .where('i.removed_at', 'is', null);
}

type Row = Awaited<ReturnType<ReturnType<typeof identities>['executeTakeFirstOrThrow']>>;

function identityOf(row: Row): SignInIdentity {
  return {
    id: row.id,
    issuer: row.issuer,
    subject: row.subject,
    personId: row.person_id,
    displayName: row.display_name,
    createdBy: row.created_by,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}
