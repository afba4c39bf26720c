import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import { byKey } from '../in-batches.ts';

/** A token that may be used now, with the person who holds it. */
export interface TokenHolder {
  readonly id: string;
  readonly name: string;
  readonly role: 'administrator' | 'operator' | 'sponsor' | 'registration-agent' | 'ca-operations' | 'auditor';
  readonly agencyId: string | null;
  readonly personId: string;
  readonly displayName: string;
  readonly expiresAt: Date;
}

/** The token with this secret, unless it has expired or was withdrawn. `secret` is SHA-256 of the token's text. */
export async function findToken(db: Database, secret: Uint8Array, now: Date): Promise<TokenHolder | undefined> {
  const holder = await holderBySecret(db, secret.toHex());
  return holder && holder.expiresAt > now ? holder : undefined;
}

const holderBySecret = byKey(async (db: Database, secrets): Promise<ReadonlyMap<string, TokenHolder>> => {
  const wanted = secrets.map((secret) => Uint8Array.fromHex(secret));
  const rows = await holders(db)
    .select('t.secret_sha256')
    .where('t.secret_sha256', '=', sql<Uint8Array>`any(${wanted}::bytea[])`)
    .execute();
  return new Map(rows.map((row) => [row.secret_sha256.toHex(), holderOf(row)]));
});

function holders(db: Database) {
  return db
    .selectFrom('tokens as t')
    .innerJoin('people as p', 'p.id', 't.person_id')
    .select(['t.id', 't.name', 't.role', 't.agency_id', 't.person_id', 't.expires_at', 'p.display_name'])
    .where('t.revoked_at', 'is', null);
}

interface HolderRow {
  id: string;
  name: string;
  role: TokenHolder['role'];
  agency_id: string | null;
  person_id: string;
  expires_at: Date;
  display_name: string;
}

function holderOf(row: HolderRow): TokenHolder {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    agencyId: row.agency_id,
    personId: row.person_id,
    displayName: row.display_name,
    expiresAt: row.expires_at,
  };
}
