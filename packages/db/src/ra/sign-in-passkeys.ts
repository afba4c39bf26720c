import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A link by which one person registers one passkey. `secretSha256` is the hash of what it carries. */
export interface NewSignInLink {
  readonly id: string;
  readonly secretSha256: Uint8Array;
  readonly personId: string;
  readonly madeBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** A link that may still be used, and whom it is for. */
export interface OpenSignInLink {
  readonly id: string;
  readonly personId: string;
  readonly displayName: string;
  readonly expiresAt: Date;
}

export interface SignInPasskey {
  readonly id: string;
  /** The authenticator's name for it, base64url. */
  readonly credentialId: string;
  readonly personId: string;
  readonly displayName: string;
  /** COSE_Key. */
  readonly publicKey: Uint8Array;
  /** COSE algorithm: -35 is ES384, -7 is ES256. */
  readonly algorithm: number;
  readonly label: string;
  /** Whether its authenticator says that it may be copied to other devices. */
  readonly synced: boolean;
  readonly signCount: number;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface NewSignInPasskey extends Omit<SignInPasskey, 'displayName' | 'lastUsedAt'> {
  readonly linkId: string;
}

export async function insertSignInLink(tx: Tx, link: NewSignInLink): Promise<void> {
  await tx
    .insertInto('sign_in_links')
    .values({
      id: link.id,
      secret_sha256: link.secretSha256,
      person_id: link.personId,
      made_by: link.madeBy,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
    })
    .execute();
}

/** The link with this secret, unless it was used or is over. */
export async function findSignInLink(
  db: Database,
  secretSha256: Uint8Array,
  now: Date,
): Promise<OpenSignInLink | undefined> {
  const row = await links(db, now).where('l.secret_sha256', '=', secretSha256).executeTakeFirst();
  return row && { id: row.id, personId: row.person_id, displayName: row.display_name, expiresAt: row.expires_at };
}

/** The same by its id. */
export async function findSignInLinkById(db: Database, id: string, now: Date): Promise<OpenSignInLink | undefined> {
  const row = await links(db, now).where('l.id', '=', id).executeTakeFirst();
  return row && { id: row.id, personId: row.person_id, displayName: row.display_name, expiresAt: row.expires_at };
}

function links(db: Database, now: Date) {
  return db
    .selectFrom('sign_in_links as l')
    .innerJoin('people as p', 'p.id', 'l.person_id')
    .leftJoin('sign_in_passkeys as k', 'k.link_id', 'l.id')
    .select(['l.id', 'l.person_id', 'l.expires_at', 'p.display_name'])
    .where('k.id', 'is', null)
    .where('p.left_at', 'is', null)
    .where('l.expires_at', '>', now);
}

/** Registers a passkey. The schema refuses a link that was used (23505) or is for another person (23503). */
export async function insertSignInPasskey(tx: Tx, passkey: NewSignInPasskey): Promise<void> {
  await tx
    .insertInto('sign_in_passkeys')
    .values({
      id: passkey.id,
      credential_id: passkey.credentialId,
      person_id: passkey.personId,
      link_id: passkey.linkId,
      public_key: passkey.publicKey,
      algorithm: passkey.algorithm,
      label: passkey.label,
      synced: passkey.synced,
      sign_count: passkey.signCount,
      created_at: passkey.createdAt,
    })
    .execute();
}

/** The passkey of this name, unless it was removed. */
export async function findSignInPasskey(db: Database, credentialId: string): Promise<SignInPasskey | undefined> {
  const row = await passkeys(db).where('k.credential_id', '=', credentialId).executeTakeFirst();
  return row && passkeyOf(row);
}

/** The same by our own id. */
export async function findSignInPasskeyById(db: Database, id: string): Promise<SignInPasskey | undefined> {
  const row = await passkeys(db).where('k.id', '=', id).executeTakeFirst();
  return row && passkeyOf(row);
}

/** A person's passkeys, the newest first. */
export async function listSignInPasskeys(db: Database, personId: string): Promise<readonly SignInPasskey[]> {
  const rows = await passkeys(db).where('k.person_id', '=', personId).orderBy('k.created_at', 'desc').execute();
  return rows.map(passkeyOf);
}

/** Notes a use. Two at once end with the greater counter. */
export async function noteSignInPasskeyUse(tx: Tx, id: string, signCount: number, now: Date): Promise<void> {
  await tx
    .updateTable('sign_in_passkeys')
    .set((build) => ({
      sign_count: build.fn<number>('greatest', ['sign_count', build.val(signCount)]),
      last_used_at: now,
    }))
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .execute();
}

/** Gives a passkey another name. False when it is gone. */
export async function renameSignInPasskey(tx: Tx, id: string, label: string): Promise<boolean> {
  const rows = await tx
    .updateTable('sign_in_passkeys')
    .set({ label })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('id')
    .execute();
  return rows.length > 0;
}

/** Removes a passkey for good and ends the sessions made with it. False when it is gone already. */
export async function removeSignInPasskey(tx: Tx, id: string, by: string, now: Date): Promise<boolean> {
  const rows = await tx
    .updateTable('sign_in_passkeys')
    .set({ removed_at: now, removed_by: by })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('id')
    .execute();
  await tx
    .updateTable('sessions')
    .set({ ended_at: now, end_reason: 'withdrawn', ended_by: by })
    .where('passkey_id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
  return rows.length > 0;
}

function passkeys(db: Database) {
  return db
    .selectFrom('sign_in_passkeys as k')
    .innerJoin('people as p', 'p.id', 'k.person_id')
    .select([
      'k.id',
      'k.credential_id',
      'k.person_id',
      'k.public_key',
      'k.algorithm',
      'k.label',
      'k.synced',
      'k.sign_count',
      'k.created_at',
      'k.last_used_at',
      'p.display_name',
    ])
    .where('k.removed_at', 'is', null);
}

type Row = Awaited<ReturnType<ReturnType<typeof passkeys>['executeTakeFirstOrThrow']>>;

function passkeyOf(row: Row): SignInPasskey {
  return {
    id: row.id,
    credentialId: row.credential_id,
    personId: row.person_id,
    displayName: row.display_name,
    publicKey: row.public_key,
    algorithm: row.algorithm,
    label: row.label,
    synced: row.synced,
    signCount: row.sign_count,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}
