import type { SignedBy } from '@see/domain';
import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import { moveOrders } from '../move-orders.ts';
import type { Tx } from '../transaction.ts';

/** An approval with when the row says that it came in, in milliseconds since 1970 UTC. */
export interface RecordedApproval extends SignedBy {
  readonly at: number;
}

/** An order as the signer takes it up: canonical content and the digest that the row claims. */
export interface OrderRow {
  readonly id: string;
  readonly kind: 'csr' | 'person';
  readonly content: Uint8Array;
  readonly digest: Uint8Array;
  readonly approvals: readonly RecordedApproval[];
  /** CSRs by item; empty for a person's order. */
  readonly csrs: readonly Uint8Array[];
}

interface Row {
  id: string;
  kind: 'csr' | 'person';
  content: Uint8Array;
  digest: Uint8Array;
  approvals: RecordedApproval[];
  csrs: Uint8Array[];
}

/** Orders in a state, oldest first, with approvals and CSRs, in one statement. Those in `without` are left out. */
export async function readOrders(
  db: Database,
  state: 'approved' | 'issuing' | 'redeemable',
  limit: number,
  without: readonly string[] = [],
  kind?: 'csr' | 'person',
): Promise<OrderRow[]> {
  const answer = await sql<Row>`
    select o.id, o.kind, o.content, o.digest,
      coalesce((select json_agg(json_build_object('credentialId', a.credential_id, 'signature', a.signature, 'at', floor(extract(epoch from a.created_at) * 1000)::bigint)) from approvals a where a.order_id = o.id), '[]') as approvals,
      coalesce((select array_agg(k.csr order by k.item) from order_keys k where k.order_id = o.id), '{}') as csrs
    from orders o
    where o.state = ${state} and o.content is not null and not (o.id = any(${without}::uuid[]))
      and (${kind ?? null}::text is null or o.kind = ${kind ?? null})
    order by o.created_at, o.id
    limit ${limit}`.execute(db);
  return answer.rows;
}

/** One order by id, whatever its state. */
export async function readOrder(
  db: Database,
  id: string,
): Promise<(OrderRow & { readonly state: string }) | undefined> {
  const answer = await sql<Row & { state: string }>`
    select o.id, o.kind, o.content, o.digest, o.state,
      coalesce((select json_agg(json_build_object('credentialId', a.credential_id, 'signature', a.signature, 'at', floor(extract(epoch from a.created_at) * 1000)::bigint)) from approvals a where a.order_id = o.id), '[]') as approvals,
      coalesce((select array_agg(k.csr order by k.item) from order_keys k where k.order_id = o.id), '{}') as csrs
    from orders o where o.id = ${id} and o.content is not null`.execute(db);
  return answer.rows[0];
}

/** Locks those of the orders that are still in the state, so that no other signer takes them. Returns their ids. */
export async function lockOrders(tx: Tx, ids: readonly string[], state: string): Promise<Set<string>> {
  const answer = await sql<{ id: string }>`
    select id from orders where id = any(${ids}::uuid[]) and state = ${state} for update skip locked`.execute(tx);
  return new Set(answer.rows.map((row) => row.id));
}

/** Notes why the signer refused an order, and ends the order. */
export async function refuseOrder(
  tx: Tx,
  id: string,
  digest: Uint8Array,
  code: string,
  detail: string,
  at: Date,
): Promise<void> {
  await sql`
    insert into order_refusals (order_id, order_digest, code, detail, refused_at)
    values (${id}, ${digest}, ${code}, ${detail}, ${at}) on conflict do nothing`.execute(tx);
  await moveOrders(tx, [id], 'refuse', `${code}: ${detail}`);
}

/** The signer's verdict that an order had its approvals in time. */
export interface Verdict {
  readonly approvedAt: Date;
  readonly mac: Uint8Array;
}

export async function readVerdict(db: Database, digest: Uint8Array): Promise<Verdict | undefined> {
  const row = await db
    .selectFrom('order_verdicts')
    .select(['approved_at', 'mac'])
    .where('order_digest', '=', digest)
    .executeTakeFirst();
  return row && { approvedAt: row.approved_at, mac: row.mac };
}

/** Notes verdicts in one statement; one that is noted already stays as it is. */
export async function writeVerdicts(
  tx: Tx,
  noted: readonly { readonly orderId: string; readonly digest: Uint8Array; readonly verdict: Verdict }[],
): Promise<void> {
  await tx
    .insertInto('order_verdicts')
    .values(
      noted.map(({ orderId, digest, verdict }) => ({
        order_digest: digest,
        order_id: orderId,
        approved_at: verdict.approvedAt,
        mac: verdict.mac,
      })),
    )
    .onConflict((conflict) => conflict.column('order_digest').doNothing())
    .execute();
}
