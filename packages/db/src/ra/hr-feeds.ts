import type { PublicJwk } from '@see/statement';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';
import { cutPage, type Page } from './page.ts';

/** A feed of an agency's HR system: what it shows when it tells something, and how much it may have declared in a day. */
export interface HrFeed {
  readonly id: string;
  readonly agencyId: string;
  readonly name: string;
  readonly kind: 'webhook' | 'scim';
  /** Thumbprint of a webhook's key; null for SCIM. */
  readonly keyId: string | null;
  readonly publicKey: PublicJwk | null;
  readonly dailyCap: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
}

export type NewHrFeed = Omit<HrFeed, 'revokedAt' | 'revokedBy'> & {
  /** SHA-256 of a SCIM feed's token; null for a webhook. */
  readonly tokenSha256: Uint8Array | null;
};

/** The place after which a page of feeds starts. */
export interface HrFeedKey {
  readonly createdAt: Date;
  readonly id: string;
}

export async function insertHrFeed(tx: Tx, feed: NewHrFeed): Promise<void> {
  await tx
    .insertInto('hr_feeds')
    .values({
      id: feed.id,
      agency_id: feed.agencyId,
      name: feed.name,
      kind: feed.kind,
      key_id: feed.keyId,
      public_key: feed.publicKey && JSON.stringify(feed.publicKey),
      token_sha256: feed.tokenSha256,
      daily_cap: feed.dailyCap,
      created_by: feed.createdBy,
      created_at: feed.createdAt,
      expires_at: feed.expiresAt,
    })
    .execute();
}

/** Revokes a feed that is not revoked yet; false when it was. */
export async function revokeHrFeed(tx: Tx, id: string, by: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('hr_feeds')
    .set({ revoked_at: at, revoked_by: by })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function findHrFeed(db: Database | Tx, id: string): Promise<HrFeed | undefined> {
  const row = await feeds(db).where('id', '=', id).executeTakeFirst();
  return row && feedOf(row);
}

/** The webhook feed with this key, whether it is in force or not. */
export async function findHrFeedByKey(db: Database, keyId: string): Promise<HrFeed | undefined> {
  const row = await feeds(db).where('key_id', '=', keyId).executeTakeFirst();
  return row && feedOf(row);
}

/** The SCIM feed with this token, whether it is in force or not. `secret` is SHA-256 of the token's text. */
export async function findHrFeedByToken(db: Database, secret: Uint8Array): Promise<HrFeed | undefined> {
  const row = await feeds(db).where('token_sha256', '=', secret).executeTakeFirst();
  return row && feedOf(row);
}

/** A feed, which tells nothing else and is not revoked until the transaction ends. */
export async function lockHrFeed(tx: Tx, id: string): Promise<HrFeed | undefined> {
  const row = await feeds(tx).where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  return row && feedOf(row);
}

/** Feeds, newest first. */
export async function listHrFeeds(
  db: Database,
  filter: { readonly agencyId?: string },
  size: number,
  after: HrFeedKey | undefined,
): Promise<Page<HrFeed, HrFeedKey>> {
  let query = feeds(db)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (filter.agencyId !== undefined) query = query.where('agency_id', '=', filter.agencyId);
  if (after) {
    query = query.where((where) =>
      where.or([
        where('created_at', '<', after.createdAt),
        where.and([where('created_at', '=', after.createdAt), where('id', '<', after.id)]),
      ]),
    );
  }
  const rows = (await query.execute()).map(feedOf);
  return cutPage(rows, size, ({ createdAt, id }) => ({ createdAt, id }));
}

function feeds(db: Database | Tx) {
  return db
    .selectFrom('hr_feeds')
    .select([
      'id',
      'agency_id',
      'name',
      'kind',
      'key_id',
      'public_key',
      'daily_cap',
      'created_by',
      'created_at',
      'expires_at',
      'revoked_at',
      'revoked_by',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof feeds>['executeTakeFirstOrThrow']>>;

function feedOf(row: Row): HrFeed {
  return {
    id: row.id,
    agencyId: row.agency_id,
    name: row.name,
    kind: row.kind,
    keyId: row.key_id,
    publicKey: row.public_key as PublicJwk | null,
    dailyCap: row.daily_cap,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
  };
}
