import type { RevocationEvent } from '@see/domain';
import { sql } from 'kysely';
import type { Database } from './connect.ts';

/** Where a revocation event is; what it says is read with all events of its certificate. */
export interface EventPlace {
  readonly id: number;
  readonly certificateId: number;
  readonly revokedAt: Date;
}

/** The highest event id that is visible now; 0 before the first. */
export async function readLastEventId(db: Database): Promise<number> {
  const answer = await sql<{ id: number }>`select coalesce(max(id), 0) as id from revocations`.execute(db);
  return answer.rows[0]?.id ?? 0;
}

/**
 * Events above an id, and all of the last `windowSeconds` whatever their id: an id is given before the commit, so a
 * lower one may appear later.
 */
export async function readNewEvents(
  db: Database,
  cas: readonly string[],
  afterId: number,
  windowSeconds: number,
): Promise<EventPlace[]> {
  // Two conditions, two indexes.
  const answer = await sql<EventPlace>`
    select id, certificate_id as "certificateId", revoked_at as "revokedAt" from revocations where id > ${afterId}
    union
    select id, certificate_id, revoked_at from revocations
    where ca = any(${cas as string[]}::text[]) and revoked_at > clock_timestamp() - make_interval(secs => ${windowSeconds})
    order by 1`.execute(db);
  return answer.rows;
}

/** Ids of certificates that have events, in order, from the one after `afterId` on. */
export async function readCertificatesWithEvents(db: Database, afterId: number, limit: number): Promise<number[]> {
  const answer = await sql<{ id: number }>`
    select distinct certificate_id as id from revocations where certificate_id > ${afterId} order by 1 limit ${limit}`.execute(
    db,
  );
  return answer.rows.map((row) => row.id);
}

/** All events of certificates, by certificate id, each list in the order of ids. */
export async function readEventsOf(
  db: Database,
  certificateIds: readonly number[],
): Promise<Map<number, RevocationEvent[]>> {
  const found = new Map<number, RevocationEvent[]>();
  if (certificateIds.length === 0) return found;
  const answer = await sql<Row>`
    select id, certificate_id, kind, reason, revoked_at, invalidity_date, statement_digest from revocations
    where certificate_id = any(${certificateIds as number[]}::bigint[]) order by certificate_id, id`.execute(db);
  for (const row of answer.rows) {
    const list = found.get(row.certificate_id) ?? [];
    list.push({
      id: row.id,
      kind: row.kind,
      reason: row.reason,
      revokedAt: row.revoked_at,
      ...(row.invalidity_date ? { invalidityDate: row.invalidity_date } : {}),
      ...(row.statement_digest ? { statementDigest: row.statement_digest } : {}),
    });
    found.set(row.certificate_id, list);
  }
  return found;
}

interface Row {
  id: number;
  certificate_id: number;
  kind: RevocationEvent['kind'];
  reason: number;
  revoked_at: Date;
  invalidity_date: Date | null;
  statement_digest: Uint8Array | null;
}
