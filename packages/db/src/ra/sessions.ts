import { type Expression, type SqlBool, sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Sessions } from '../schema.gen.ts';
import type { Tx } from '../transaction.ts';
import { cutPage, type Page } from './page.ts';

export type SessionRole = Sessions['role'];
export type SessionMethod = 'token' | 'passkey' | 'certificate' | 'oidc';
export type SessionEnd = NonNullable<Sessions['end_reason']>;

/** What a session was made with, which ends it when it is withdrawn. */
export type SessionMeans =
  | { readonly method: 'token'; readonly tokenId: string }
  | { readonly method: 'passkey'; readonly passkeyId: string }
  | { readonly method: 'certificate'; readonly certificateId: number }
  | { readonly method: 'oidc'; readonly identityId: string };

/** A session of a person in one role, for one agency where the role has one. */
export interface Session {
  /** Its public name; not what the cookie holds, nor the hash of it. */
  readonly id: string;
  readonly personId: string;
  readonly displayName: string;
  readonly role: SessionRole;
  readonly agencyId: string | null;
  readonly method: SessionMethod;
}

/** A session that its own request shows; with the token that its forms carry. */
export interface UsedSession extends Session {
  readonly formToken: string;
}

export interface ListedSession extends Session {
  /** The name of the token or passkey that it was made with, the serial number of the certificate, or the name of the account at the provider. */
  readonly meansName: string;
  /** Where it was made from. */
  readonly address: string | null;
  readonly startedAt: Date;
  readonly lastUsedAt: Date;
}

export interface NewSession {
  readonly id: string;
  /** SHA-256 of what the cookie holds. */
  readonly cookieSha256: Uint8Array;
  readonly personId: string;
  readonly role: SessionRole;
  readonly agencyId: string | null;
  readonly means: SessionMeans;
  readonly formToken: string;
  readonly address: string | null;
  readonly now: Date;
}

/** Which sessions still hold: in use since `idleSince`, begun since `startedSince`, made by a method that is on. */
export interface SessionTimes {
  readonly now: Date;
  readonly idleSince: Date;
  readonly startedSince: Date;
  readonly methods: readonly SessionMethod[];
}

/** Opens a session. The schema refuses one for another person than whose token, passkey (SE014), certificate (SE026) or account (SE028) it is. */
export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  const { means } = session;
  await tx
    .insertInto('sessions')
    .values({
      id: session.id,
      id_sha256: session.cookieSha256,
      person_id: session.personId,
      role: session.role,
      agency_id: session.agencyId,
      method: means.method,
      token_id: means.method === 'token' ? means.tokenId : null,
      passkey_id: means.method === 'passkey' ? means.passkeyId : null,
      certificate_id: means.method === 'certificate' ? means.certificateId : null,
      identity_id: means.method === 'oidc' ? means.identityId : null,
      csrf: session.formToken,
      address: session.address,
      created_at: session.now,
      last_seen_at: session.now,
    })
    .execute();
}

/** Open, within its times, and its token, passkey, certificate or account is still good: a hold or revocation ends it for good. Whether its role is in force is not known here. */
function holds(times: SessionTimes): Expression<SqlBool> {
  return sql<SqlBool>`
    s.ended_at is null and s.last_seen_at > ${times.idleSince} and s.created_at > ${times.startedSince}
    and s.method = any(${[...times.methods]}::text[])
    and (s.token_id is null or exists (
      select from tokens t where t.id = s.token_id and t.revoked_at is null and t.expires_at > ${times.now}))
    and (s.passkey_id is null or exists (
      select from sign_in_passkeys k where k.id = s.passkey_id and k.removed_at is null))
    and (s.certificate_id is null or exists (
      select from certificates c where c.id = s.certificate_id and c.not_after > ${times.now}))
    and (s.identity_id is null or exists (
      select from sign_in_identities i where i.id = s.identity_id and i.removed_at is null))`;
}

/**
 * The session of a cookie when it holds; notes that it is used now. One statement, so that two requests at once agree.
 * `certificateId` is the certificate of the connection: a session made with one holds with this one alone, and every
 * other session where there is none.
 */
export async function useSession(
  db: Database,
  cookieSha256: Uint8Array,
  times: SessionTimes,
  certificateId: number | null,
): Promise<UsedSession | undefined> {
  const row = await db
    .updateTable('sessions as s')
    .from('people as p')
    .set({ last_seen_at: times.now })
    .whereRef('p.id', '=', 's.person_id')
    .where('s.id_sha256', '=', cookieSha256)
    .where(sql<boolean>`s.certificate_id is not distinct from ${certificateId}::bigint`)
    .where(holds(times))
    .returning(['s.id', 's.person_id', 's.role', 's.agency_id', 's.method', 's.csrf', 'p.display_name'])
    .executeTakeFirst();
  return row && { ...sessionOf(row), formToken: row.csrf };
}

/** Sessions that hold, the newest first; of one person or of all. */
export async function listSessions(
  db: Database,
  times: SessionTimes,
  personId: string | undefined,
  size: number,
  after: { readonly createdAt: Date; readonly id: string } | undefined,
): Promise<Page<ListedSession, { readonly createdAt: Date; readonly id: string }>> {
  let query = listed(db)
    .where(holds(times))
    .orderBy('s.created_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(size + 1);
  if (personId !== undefined) query = query.where('s.person_id', '=', personId);
  if (after) query = query.where(sql<boolean>`(s.created_at, s.id) < (${after.createdAt}, ${after.id}::uuid)`);
  const rows = (await query.execute()).map(listedOf);
  return cutPage(rows, size, ({ startedAt, id }) => ({ createdAt: startedAt, id }));
}

/** A session that holds, by its public name. */
export async function findSession(db: Database, times: SessionTimes, id: string): Promise<ListedSession | undefined> {
  const row = await listed(db).where('s.id', '=', id).where(holds(times)).executeTakeFirst();
  return row && listedOf(row);
}

/** Who is signed in as what, for asking whether they still may. */
export async function readOpenSessions(db: Database, times: SessionTimes): Promise<readonly Session[]> {
  return (await listed(db).where(holds(times)).execute()).map(sessionOf);
}

/** Ends sessions for good; returns those that were open. `by` is a person, or null when it is our own doing. */
export async function endSessions(
  tx: Tx,
  ids: readonly string[],
  reason: SessionEnd,
  by: string | null,
  now: Date,
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .updateTable('sessions')
    .set({ ended_at: now, end_reason: reason, ended_by: by })
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

function listed(db: Database) {
  return db
    .selectFrom('sessions as s')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .leftJoin('tokens as n', 'n.id', 's.token_id')
    .leftJoin('sign_in_passkeys as y', 'y.id', 's.passkey_id')
    .leftJoin('certificates as x', 'x.id', 's.certificate_id')
    .leftJoin('sign_in_identities as a', 'a.id', 's.identity_id')
    .select([
      's.id',
      's.person_id',
      's.role',
      's.agency_id',
      's.method',
      's.address',
      's.created_at',
      's.last_seen_at',
      'p.display_name',
      'n.name as token_name',
      'y.label as passkey_label',
      'x.serial as certificate_serial',
      'a.subject as account',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof listed>['executeTakeFirstOrThrow']>>;

function sessionOf(row: Pick<Row, 'id' | 'person_id' | 'role' | 'agency_id' | 'method' | 'display_name'>): Session {
  return {
    id: row.id,
    personId: row.person_id,
    displayName: row.display_name,
    role: row.role,
    agencyId: row.agency_id,
    method: row.method,
  };
}

function listedOf(row: Row): ListedSession {
  return {
    ...sessionOf(row),
    meansName: row.token_name ?? row.passkey_label ?? row.certificate_serial?.toHex() ?? row.account ?? '',
    address: row.address,
    startedAt: row.created_at,
    lastUsedAt: row.last_seen_at,
  };
}
