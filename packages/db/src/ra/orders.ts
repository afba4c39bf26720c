import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { DB } from '../schema.gen.ts';
import type { Tx } from '../transaction.ts';
import { cutPage, likePrefix, type Page } from './page.ts';

export type OrderState = DB['orders']['state'];

export interface OrderRow {
  readonly id: string;
  readonly kind: 'csr' | 'person';
  readonly state: OrderState;
  readonly agencyId: string;
  readonly profiles: readonly string[];
  readonly subject: string;
  readonly names: readonly string[];
  readonly applicantId: string;
  readonly sponsorId: string;
  readonly agentId: string | null;
  readonly quorum: number;
  readonly approvals: number;
  readonly warnings: unknown;
  readonly stateReason: string | null;
  readonly digest: Uint8Array | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly approveBefore: Date;
  readonly useBefore: Date;
}

export interface NewOrder {
  readonly id: string;
  readonly kind: 'csr' | 'person';
  readonly agencyId: string;
  readonly profiles: readonly string[];
  readonly subject: string;
  readonly names: readonly string[];
  readonly applicantId: string;
  readonly sponsorId: string;
  readonly agentId: string | null;
  readonly quorum: number;
  readonly draft: unknown;
  /** Present in 'csr' orders: the bytes that approvers sign, and their digest. */
  readonly content: { readonly bytes: Uint8Array; readonly digest: Uint8Array } | undefined;
  readonly warnings: unknown;
  readonly deliverTo: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly approveBefore: Date;
  readonly useBefore: Date;
}

export interface OrderFilter {
  readonly state?: OrderState;
  readonly agencyId?: string;
  /** The start of the subject. */
  readonly search?: string;
}

/** The place after which a page of orders starts. */
export interface OrderKey {
  readonly createdAt: Date;
  readonly id: string;
}

/** Stores an order: complete and waiting for approvals, or, for a person, waiting for the worker to bind a code to it. */
export async function insertOrder(tx: Tx, order: NewOrder): Promise<void> {
  await tx
    .insertInto('orders')
    .values({
      id: order.id,
      kind: order.kind,
      state: order.content ? 'pending' : 'preparing',
      agency_id: order.agencyId,
      profiles: [...order.profiles],
      subject: order.subject,
      names: [...order.names],
      applicant_id: order.applicantId,
      sponsor_id: order.sponsorId,
      agent_id: order.agentId,
      quorum: order.quorum,
      draft: JSON.stringify(order.draft),
      content: order.content?.bytes ?? null,
      digest: order.content?.digest ?? null,
      warnings: JSON.stringify(order.warnings),
      deliver_to: order.deliverTo,
      created_by: order.createdBy,
      created_at: order.createdAt,
      approve_before: order.approveBefore,
      use_before: order.useBefore,
    })
    .execute();
}

/** Stores the CSRs of a 'csr' order, in the order of its items. */
export async function insertOrderKeys(
  tx: Tx,
  orderId: string,
  keys: readonly { readonly csr: Uint8Array; readonly spkiSha256: Uint8Array }[],
): Promise<void> {
  await tx
    .insertInto('order_keys')
    .values(keys.map((key, item) => ({ order_id: orderId, item, csr: key.csr, spki_sha256: key.spkiSha256 })))
    .execute();
}

export async function findOrder(db: Database | Tx, id: string): Promise<OrderRow | undefined> {
  const row = await orders(db).where('o.id', '=', id).executeTakeFirst();
  return row && orderOf(row);
}

/** The states of some orders. */
export async function listOrderStates(
  db: Database,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly state: OrderState }[]> {
  return db
    .selectFrom('orders')
    .select(['id', 'state'])
    .where('id', 'in', [...ids])
    .execute();
}

/** The bytes that approvers sign; undefined while a person's order waits for its code. */
export async function findOrderContent(
  db: Database | Tx,
  id: string,
): Promise<{ bytes: Uint8Array; digest: Uint8Array } | undefined> {
  const row = await db.selectFrom('orders').select(['content', 'digest']).where('id', '=', id).executeTakeFirst();
  return row?.content && row.digest ? { bytes: row.content, digest: row.digest } : undefined;
}

/** What a person's order says before the worker has bound a code to it. */
export async function findOrderDraft(db: Database | Tx, id: string): Promise<unknown> {
  const row = await db.selectFrom('orders').select('draft').where('id', '=', id).executeTakeFirst();
  return row?.draft;
}

/** Orders, the oldest first when they wait for a decision, otherwise the newest first. */
export async function listOrders(
  db: Database,
  filter: OrderFilter,
  size: number,
  after: OrderKey | undefined,
): Promise<Page<OrderRow, OrderKey>> {
  const oldestFirst = filter.state === 'pending';
  let query = orders(db)
    .orderBy('o.created_at', oldestFirst ? 'asc' : 'desc')
    .orderBy('o.id', oldestFirst ? 'asc' : 'desc')
    .limit(size + 1);
  if (filter.state !== undefined) query = query.where('o.state', '=', filter.state);
  if (filter.agencyId !== undefined) query = query.where('o.agency_id', '=', filter.agencyId);
  if (filter.search !== undefined) {
    query = query.where(sql`lower(o.subject)`, 'like', likePrefix(filter.search.toLowerCase()));
  }
  if (after) {
    query = query.where(
      oldestFirst
        ? sql<boolean>`(o.created_at, o.id) > (${after.createdAt}, ${after.id}::uuid)`
        : sql<boolean>`(o.created_at, o.id) < (${after.createdAt}, ${after.id}::uuid)`,
    );
  }
  const rows = (await query.execute()).map(orderOf);
  return cutPage(rows, size, (order) => ({ createdAt: order.createdAt, id: order.id }));
}

/**
 * Moves an order on when it still is in one of the states given; false when it is not. The schema refuses to leave a
 * final state.
 */
export async function moveOrder(
  tx: Tx,
  id: string,
  from: readonly OrderState[],
  to: OrderState,
  reason: string | null,
): Promise<boolean> {
  const result = await tx
    .updateTable('orders')
    .set({ state: to, state_reason: reason })
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Why the signer did not sign an order. */
export async function findOrderRefusal(
  db: Database,
  id: string,
): Promise<{ code: string; detail: string; refusedAt: Date } | undefined> {
  const row = await db
    .selectFrom('order_refusals')
    .select(['code', 'detail', 'refused_at'])
    .where('order_id', '=', id)
    .orderBy('refused_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { code: row.code, detail: row.detail, refusedAt: row.refused_at };
}

/** What was handed to whom for an order. */
export async function listDeliveries(
  db: Database,
  orderId: string,
): Promise<readonly { kind: string; recipient: string; sentAt: Date }[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['kind', 'recipient', 'sent_at'])
    .where('order_id', '=', orderId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ kind: row.kind, recipient: row.recipient, sentAt: row.sent_at }));
}

function orders(db: Database | Tx) {
  return db
    .selectFrom('orders as o')
    .select([
      'o.id',
      'o.kind',
      'o.state',
      'o.agency_id',
      'o.profiles',
      'o.subject',
      'o.names',
      'o.applicant_id',
      'o.sponsor_id',
      'o.agent_id',
      'o.quorum',
      'o.warnings',
      'o.state_reason',
      'o.digest',
      'o.created_by',
      'o.created_at',
      'o.approve_before',
      'o.use_before',
    ])
    .select((build) =>
      build
        .selectFrom('approvals as a')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .whereRef('a.order_id', '=', 'o.id')
        .as('approvals'),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof orders>['executeTakeFirstOrThrow']>>;

function orderOf(row: Row): OrderRow {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    agencyId: row.agency_id,
    profiles: row.profiles,
    subject: row.subject,
    names: row.names,
    applicantId: row.applicant_id,
    sponsorId: row.sponsor_id,
    agentId: row.agent_id,
    quorum: row.quorum,
    approvals: row.approvals ?? 0,
    warnings: row.warnings,
    stateReason: row.state_reason,
    digest: row.digest,
    createdBy: row.created_by,
    createdAt: row.created_at,
    approveBefore: row.approve_before,
    useBefore: row.use_before,
  };
}
