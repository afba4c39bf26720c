import type { RevocationEvent } from '@see/domain';
import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import { readEventsOf } from '../revocation-events.ts';
import type { Tx } from '../transaction.ts';

/** A certificate with its revocation events, in order. */
export interface CertificateEvents {
  readonly certificateId: number;
  readonly ca: string;
  readonly serial: Uint8Array;
  readonly profileId: string;
  readonly notAfter: Date;
  readonly spkiSha256: Uint8Array;
  readonly events: readonly RevocationEvent[];
}

/**
 * One page of the certificates with revocation events, from the one after `afterId` on: the ids of those of a CA that expire
 * after a time, and where the page ended; undefined behind the last. A page is read from an index, whatever the number of them.
 */
export async function readRevokedCertificates(
  db: Database,
  ca: string,
  expiringAfter: Date,
  afterId: number,
  limit: number,
): Promise<{ readonly ids: readonly number[]; readonly last: number | undefined }> {
  const answer = await sql<{ id: number; wanted: boolean | null }>`
    with page as materialized (
      select distinct certificate_id as id from revocations where certificate_id > ${afterId} order by 1 limit ${limit})
    select p.id, c.ca = ${ca} and c.not_after >= ${expiringAfter} as wanted
    from page p left join certificates c on c.id = p.id order by 1`.execute(db);
  const ids = answer.rows.filter(({ wanted }) => wanted).map(({ id }) => id);
  return { ids, last: answer.rows.length < limit ? undefined : answer.rows.at(-1)?.id };
}

/** Certificates with all their revocation events, by id; those without any are left out. */
export async function readRevocations(db: Database, certificateIds: readonly number[]): Promise<CertificateEvents[]> {
  const events = await readEventsOf(db, certificateIds);
  if (events.size === 0) return [];
  const answer = await sql<Omit<CertificateEvents, 'events'>>`
    select id as "certificateId", ca, serial, profile_id as "profileId", not_after as "notAfter", spki_sha256 as "spkiSha256"
    from certificates where id = any(${[...events.keys()]}::bigint[]) order by id`.execute(db);
  return answer.rows.map((row) => ({ ...row, events: events.get(row.certificateId) ?? [] }));
}

/** Octets of those certificates whose rows say that they expired before a time. The octets are what counts. */
export async function readExpiredOctets(
  db: Database,
  ca: string,
  serials: readonly Uint8Array[],
  before: Date,
): Promise<Uint8Array[]> {
  if (serials.length === 0) return [];
  const answer = await sql<{ der: Uint8Array }>`
    select b.der from certificates c join certificate_bytes b on b.certificate_id = c.id
    where c.ca = ${ca} and c.serial = any(${serials as Uint8Array[]}::bytea[]) and c.not_after < ${before}`.execute(db);
  return answer.rows.map((row) => row.der);
}

export interface CrlRow {
  readonly ca: string;
  readonly scope: string;
  readonly number: bigint;
  readonly der: Uint8Array;
  readonly entries: number;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

export async function insertCrl(tx: Tx, crl: CrlRow): Promise<void> {
  await tx
    .insertInto('crls')
    .values({
      ca: crl.ca,
      scope: crl.scope,
      number: crl.number,
      der: crl.der,
      entries: crl.entries,
      this_update: crl.thisUpdate,
      next_update: crl.nextUpdate,
    })
    .execute();
}

/** Whether the CRL of a scope with this number is published. */
export async function hasCrl(db: Database, ca: string, scope: string, number: bigint): Promise<boolean> {
  const row = await db
    .selectFrom('crls')
    .select('number')
    .where('ca', '=', ca)
    .where('scope', '=', scope)
    .where('number', '=', Number(number))
    .executeTakeFirst();
  return row !== undefined;
}

/** Blocks the keys of certificates that were revoked for keyCompromise. */
export async function blockKeys(tx: Tx, keys: readonly Uint8Array[], reason: string): Promise<void> {
  if (keys.length === 0) return;
  await sql`
    insert into blocked_keys (spki_sha256, reason) select k, ${reason} from unnest(${keys as Uint8Array[]}::bytea[]) as t(k)
    on conflict do nothing`.execute(tx);
}
