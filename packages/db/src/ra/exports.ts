import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/** Ids of every event about one of these objects, the oldest first. */
export async function readEventIdsAbout(db: Database, objectIds: readonly string[], limit: number): Promise<number[]> {
  const answer = await sql<{ id: number }>`
    select id from audit_events where object_id = any(${objectIds as string[]}::text[]) order by id limit ${limit}`.execute(
    db,
  );
  return answer.rows.map(({ id }) => id);
}

/** The event that recorded the giving out of a bundle with this digest, the last one; undefined when there is none. */
export async function findExportEvent(db: Database, objectId: string, sha256: string): Promise<number | undefined> {
  const answer = await sql<{ id: number }>`
    select id from audit_events where object_id = ${objectId} and kind = 'record.exported' and detail->>'sha256' = ${sha256}
    order by id desc limit 1`.execute(db);
  return answer.rows[0]?.id;
}

/** The CSRs that an order's certificates were made of, in the order of its items: those of the order, or those of its redemption. */
export async function readOrderCsrs(db: Database, orderId: string): Promise<Uint8Array[]> {
  const answer = await sql<{ csr: Uint8Array }>`
    select csr from order_keys where order_id = ${orderId} order by item`.execute(db);
  if (answer.rows.length > 0) return answer.rows.map(({ csr }) => csr);
  const redeemed = await sql<{ csrs: Uint8Array[] }>`
    select a.csrs from redemption_attempts a join redemption_results r on r.attempt_id = a.id
    where a.order_id = ${orderId} and a.kind = 'redeem' and r.outcome = 'right' order by a.id desc limit 1`.execute(db);
  return redeemed.rows[0]?.csrs ?? [];
}

/**
 * What the system knows of a person beside record, evidence and certificates: rows as they are, without what is about others. That they
 * were exported is left out: it would change what is exported.
 */
export async function readPersonTraces(db: Database, personId: string, email: string | null) {
  const orders = await sql<object>`
    select id, state, profiles, names, created_at, approve_before, use_before, state_reason from orders
    where applicant_id = ${personId} order by created_at`.execute(db);
  const acts = await sql<object>`
    select at, kind, outcome, object_type, actor->>'role' as role, actor->>'method' as method, actor->>'address' as address
    from audit_events where actor->>'personId' = ${personId} and kind <> 'record.exported' order by id`.execute(db);
  const events = await sql<object>`
    select at, kind, outcome from audit_events where object_type = 'person' and object_id = ${personId} and kind <> 'record.exported' order by id`.execute(
    db,
  );
  const lifeEvents = await sql<object>`
    select kind, effective_at, declared_at from life_events where person_id = ${personId} order by id`.execute(db);
  const mails = await sql<object>`
    select template, recipient, state, created_at from mails
    where lower(recipient) = lower(${email}) order by created_at`.execute(db);
  const sessions = await sql<object>`
    select role, method, address, created_at, last_seen_at, ended_at from sessions where person_id = ${personId} order by created_at`.execute(
    db,
  );
  return {
    orders: orders.rows,
    acts: acts.rows,
    events: events.rows,
    lifeEvents: lifeEvents.rows,
    mails: mails.rows,
    sessions: sessions.rows,
  };
}
