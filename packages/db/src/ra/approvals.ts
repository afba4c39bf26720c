import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import { byKey } from '../in-batches.ts';
import type { Tx } from '../transaction.ts';

export interface Approval {
  readonly orderDigest: Uint8Array;
  readonly credentialId: string;
  readonly personId: string;
  readonly signature: unknown;
  readonly createdAt: Date;
}

/** An approval as it is recorded. */
export interface NewApproval {
  readonly orderId: string;
  readonly orderDigest: Uint8Array;
  readonly credentialId: string;
  readonly personId: string;
  readonly signature: unknown;
  /** When it came in; when it is recorded, when absent. One time for all approvals that are one act. */
  readonly at?: Date;
}

/**
 * Records approvals in one statement; the schema takes the person from the credential and refuses removed credentials,
 * other content, parties to the order, other states and a second approval by the same person (see recognise in ra).
 * The orders are locked, so that of two approvals at once the second one counts the first.
 */
export async function insertApprovals(tx: Tx, approvals: readonly NewApproval[]): Promise<void> {
  const orders = approvals.map((approval) => approval.orderId);
  await sql`select id from orders where id = any(${orders}::uuid[]) order by id for no key update`.execute(tx);
  await sql`
    insert into approvals (order_id, order_digest, credential_id, person_id, signature, created_at)
    select order_id, digest, credential, person, signature, coalesce(at, clock_timestamp()) from unnest(
      ${orders}::uuid[], ${approvals.map((approval) => approval.orderDigest)}::bytea[],
      ${approvals.map((approval) => approval.credentialId)}::text[], ${approvals.map((approval) => approval.personId)}::text[],
      ${approvals.map((approval) => JSON.stringify(approval.signature))}::jsonb[], ${approvals.map((approval) => approval.at ?? null)}::timestamptz[])
      as t(order_id, digest, credential, person, signature, at)`.execute(tx);
}

/** The approvals of orders, the first first; every order named is in the map. */
export async function readApprovals(
  db: Database | Tx,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Approval[]>> {
  const rows = await db
    .selectFrom('approvals')
    .select(['order_id', 'order_digest', 'credential_id', 'person_id', 'signature', 'created_at'])
    .where('order_id', '=', sql<string>`any(${orderIds}::uuid[])`)
    .orderBy('created_at')
    .execute();
  const found = new Map<string, Approval[]>(orderIds.map((id) => [id, []]));
  for (const row of rows) {
    found.get(row.order_id)?.push({
      orderDigest: row.order_digest,
      credentialId: row.credential_id,
      personId: row.person_id,
      signature: row.signature,
      createdAt: row.created_at,
    });
  }
  return found;
}

const approvalsOf = byKey(readApprovals);

/** The approvals of an order, the first first. */
export async function listApprovals(db: Database | Tx, orderId: string): Promise<readonly Approval[]> {
  return (await approvalsOf(db, orderId)) ?? [];
}
