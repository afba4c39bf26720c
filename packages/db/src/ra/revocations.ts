import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { DB } from '../schema.gen.ts';
import type { Tx } from '../transaction.ts';

export interface RevocationRow {
  readonly id: number;
  readonly certificateId: number;
  readonly kind: DB['revocations']['kind'];
  readonly reason: number;
  readonly revokedAt: Date;
  readonly invalidityDate: Date | null;
  readonly statementDigest: Uint8Array | null;
  readonly requestedBy: string;
}

export interface NewRevocation {
  readonly certificateId: number;
  readonly ca: string;
  readonly serial: Uint8Array;
  readonly kind: DB['revocations']['kind'];
  readonly reason: number;
  readonly invalidityDate: Date | null;
  readonly statementDigest: Uint8Array | null;
  readonly requestedBy: string;
}

/** Writes the event; the schema says when (SE007..SE010 otherwise: see recognise in ra). Returns its number and time. */
export async function insertRevocation(tx: Tx, event: NewRevocation): Promise<{ id: number; revokedAt: Date }> {
  const row = await tx
    .insertInto('revocations')
    .values({
      certificate_id: event.certificateId,
      ca: event.ca,
      serial: event.serial,
      kind: event.kind,
      reason: event.reason,
      invalidity_date: event.invalidityDate,
      statement_digest: event.statementDigest,
      requested_by: event.requestedBy,
    })
    .returning(['id', 'revoked_at'])
    .executeTakeFirstOrThrow();
  return { id: row.id, revokedAt: row.revoked_at };
}

/** The events of certificates, in the order in which they happened. */
export async function listRevocations(
  db: Database | Tx,
  certificateIds: readonly number[],
): Promise<ReadonlyMap<number, readonly RevocationRow[]>> {
  const found = new Map<number, RevocationRow[]>();
  if (certificateIds.length === 0) return found;
  const rows = await db
    .selectFrom('revocations')
    .select([
      'id',
      'certificate_id',
      'kind',
      'reason',
      'revoked_at',
      'invalidity_date',
      'statement_digest',
      'requested_by',
    ])
    .where('certificate_id', 'in', [...certificateIds])
    .orderBy('id')
    .execute();
  for (const row of rows) {
    const list = found.get(row.certificate_id) ?? [];
    found.set(row.certificate_id, list);
    list.push({
      id: row.id,
      certificateId: row.certificate_id,
      kind: row.kind,
      reason: row.reason,
      revokedAt: row.revoked_at,
      invalidityDate: row.invalidity_date,
      statementDigest: row.statement_digest,
      requestedBy: row.requested_by,
    });
  }
  return found;
}

/** How many certificates of each CA may be revoked now without a statement; a CA that is missing has all of the limit. */
export async function readRevocationRoom(
  db: Database | Tx,
): Promise<{ readonly limit: number; readonly left: ReadonlyMap<string, number> }> {
  const answer = await sql<{ ca: string; limit: number; left: number }>`
    select c.id as ca, l.revocations_per_hour as limit, greatest(0, l.revocations_per_hour - count(r.id))::int as left
    from limits l cross join cas c
    left join revocations r on r.ca = c.id and r.statement_digest is null and r.revoked_at > clock_timestamp() - interval '1 hour'
    group by c.id, l.revocations_per_hour`.execute(db);
  return { limit: answer.rows[0]?.limit ?? 0, left: new Map(answer.rows.map(({ ca, left }) => [ca, left])) };
}

/** Certificates whose last event is a hold from before a time, unless they have expired; by id. */
export async function readLongHolds(db: Database, before: Date, now: Date, limit: number): Promise<number[]> {
  const answer = await sql<{ id: number }>`
    select c.id from revocations r join certificates c on c.id = r.certificate_id
    where r.kind = 'hold' and r.revoked_at < ${before} and c.not_after > ${now}
      and not exists (select from revocations later where later.certificate_id = r.certificate_id and later.id > r.id)
    order by c.id limit ${limit}`.execute(db);
  return answer.rows.map(({ id }) => id);
}
