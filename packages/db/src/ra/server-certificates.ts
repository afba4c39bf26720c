import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/** A certificate that was issued for one of our own server keys. */
export interface ServerCertificateRow {
  readonly spkiSha256: Uint8Array;
  readonly sha256: Uint8Array;
  readonly serial: Uint8Array;
  readonly names: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly revoked: boolean;
  readonly der: Uint8Array;
}

/** All certificates of profile tls-server for these keys (SHA-256 of the SubjectPublicKeyInfo), the newest first. */
export async function readServerCertificates(
  db: Database,
  keys: readonly Uint8Array[],
): Promise<readonly ServerCertificateRow[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .selectFrom('certificates as c')
    .innerJoin('certificate_bytes as b', 'b.certificate_id', 'c.id')
    .select(['c.spki_sha256', 'c.sha256', 'c.serial', 'c.names', 'c.not_before', 'c.not_after', 'b.der'])
    .select(
      sql<boolean>`exists (select from revocations r where r.certificate_id = c.id and r.kind = 'revoke')`.as(
        'revoked',
      ),
    )
    .where('c.profile_id', '=', 'tls-server')
    .where('c.ca', '=', 'tls')
    .where('c.spki_sha256', '=', sql<Uint8Array>`any(${[...keys]}::bytea[])`)
    .orderBy('c.id', 'desc')
    .execute();
  return rows.map((row) => ({
    spkiSha256: row.spki_sha256,
    sha256: row.sha256,
    serial: row.serial,
    names: row.names,
    notBefore: row.not_before,
    notAfter: row.not_after,
    revoked: row.revoked,
    der: row.der,
  }));
}
