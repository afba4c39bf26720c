import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import { byKey } from '../in-batches.ts';
import type { RevocationRow } from './revocations.ts';

/** What the registry knows of a certificate that a client shows. */
export interface ClientCertificateRow {
  readonly id: number;
  readonly ca: string;
  readonly serial: Uint8Array;
  readonly sha256: Uint8Array;
  readonly profileId: string;
  readonly personId: string | null;
  /** The name of the person; null for a certificate of no person. */
  readonly displayName: string | null;
  readonly notAfter: Date;
  /** Its holds, releases and revocations, in the order in which they happened. */
  readonly events: readonly Pick<RevocationRow, 'id' | 'kind' | 'reason' | 'revokedAt'>[];
}

/** A certificate by SHA-256 of its DER, with its person and its events as they are now. One statement, so they agree. */
export const findClientCertificate = async (
  db: Database,
  sha256: Uint8Array,
): Promise<ClientCertificateRow | undefined> => (await bySha256(db, sha256.toHex())) ?? undefined;

interface StoredEvent {
  readonly id: number;
  readonly kind: 'hold' | 'release' | 'revoke';
  readonly reason: number;
  readonly at: number;
}

const bySha256 = byKey(async (db: Database, hashes): Promise<ReadonlyMap<string, ClientCertificateRow>> => {
  const wanted = hashes.map((hash) => Uint8Array.fromHex(hash));
  const rows = await db
    .selectFrom('certificates as c')
    .leftJoin('people as p', 'p.id', 'c.person_id')
    .select(['c.id', 'c.ca', 'c.serial', 'c.sha256', 'c.profile_id', 'c.person_id', 'c.not_after', 'p.display_name'])
    .select(
      sql<readonly StoredEvent[]>`coalesce((
        select json_agg(json_build_object('id', r.id, 'kind', r.kind, 'reason', r.reason, 'at', extract(epoch from r.revoked_at)) order by r.id)
        from revocations r where r.certificate_id = c.id), '[]')`.as('events'),
    )
    .where('c.sha256', '=', sql<Uint8Array>`any(${wanted}::bytea[])`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.sha256.toHex(),
      {
        id: row.id,
        ca: row.ca,
        serial: row.serial,
        sha256: row.sha256,
        profileId: row.profile_id,
        personId: row.person_id,
        displayName: row.display_name,
        notAfter: row.not_after,
        events: row.events.map(({ id, kind, reason, at }) => ({ id, kind, reason, revokedAt: new Date(at * 1000) })),
      },
    ]),
  );
});
