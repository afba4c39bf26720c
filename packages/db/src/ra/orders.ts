import { moveInto, ORDER_MACHINE, type OrderRisk, type OrderState } from '@see/domain';
import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import { byKey } from '../in-batches.ts';
import type { Tx } from '../transaction.ts';
import { cutPage, likePrefix, type Page } from './page.ts';

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
  /** Why it needs more approvals than its profiles ask for; null when it does not. As ra stored it. */
  readonly risk: OrderRisk | null;
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
  readonly risk: OrderRisk | null;
  readonly draft: unknown;
  /** Present in 'csr' orders: the bytes that approvers sign, and their digest. */
  readonly content: { readonly bytes: Uint8Array; readonly digest: Uint8Array } | undefined;
  readonly warnings: unknown;
  readonly deliverTo: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly approveBefore: Date;
  readonly useBefore: Date;
  /** The CSRs of a 'csr' order, in the order of its items; none for a person's. */
  readonly keys: readonly { readonly csr: Uint8Array; readonly spkiSha256: Uint8Array }[];
}

export interface OrderFilter {
  readonly state?: OrderState;
  readonly agencyId?: string;
  /** The person whom the certificates are for, or who asked for those of a gateway. */
  readonly applicantId?: string;
  /** The start of the subject. */
  readonly search?: string;
  /** A whole mail address or host name, lower case. */
  readonly name?: string;
  /** The first eight signs of the id, as people quote them. */
  readonly reference?: string;
  /** SHA-256 of a public key that the order brought. */
  readonly key?: Uint8Array;
  /** Only orders with a risk, or with none. */
  readonly risk?: boolean;
}

/** The place after which a page of orders starts. */
export interface OrderKey {
  readonly createdAt: Date;
  readonly id: string;
}

/**
 * Stores orders in one statement, and their CSRs in another: complete and waiting for approvals, or, for a person,
 * waiting for the worker to bind a code to it.
 */
export async function insertOrders(tx: Tx, orders: readonly NewOrder[]): Promise<void> {
  await sql`
    insert into orders (id, kind, state, agency_id, profiles, subject, names, applicant_id, sponsor_id, agent_id, quorum, draft, content, digest,
      warnings, deliver_to, created_by, created_at, approve_before, use_before, risk)
    select id, kind, state, agency, array(select jsonb_array_elements_text(profiles)), subject, array(select jsonb_array_elements_text(names)),
      applicant, sponsor, agent, quorum, draft, content, digest, warnings, deliver_to, created_by, created_at, approve_before, use_before, risk
    from unnest(
      ${orders.map((order) => order.id)}::uuid[], ${orders.map((order) => order.kind)}::text[],
      ${orders.map((order) => moveInto(ORDER_MACHINE, order.content ? 'order' : 'request'))}::text[], ${orders.map((order) => order.agencyId)}::text[],
      ${orders.map((order) => JSON.stringify(order.profiles))}::jsonb[], ${orders.map((order) => order.subject)}::text[],
      ${orders.map((order) => JSON.stringify(order.names))}::jsonb[], ${orders.map((order) => order.applicantId)}::text[],
      ${orders.map((order) => order.sponsorId)}::text[], ${orders.map((order) => order.agentId)}::text[],
      ${orders.map((order) => order.quorum)}::integer[], ${orders.map((order) => JSON.stringify(order.draft))}::jsonb[],
      ${orders.map((order) => order.content?.bytes ?? null)}::bytea[], ${orders.map((order) => order.content?.digest ?? null)}::bytea[],
      ${orders.map((order) => JSON.stringify(order.warnings))}::jsonb[], ${orders.map((order) => order.deliverTo)}::text[],
      ${orders.map((order) => order.createdBy)}::text[], ${orders.map((order) => order.createdAt)}::timestamptz[],
      ${orders.map((order) => order.approveBefore)}::timestamptz[], ${orders.map((order) => order.useBefore)}::timestamptz[],
      ${orders.map((order) => (order.risk ? JSON.stringify(order.risk) : null))}::jsonb[])
      as t(id, kind, state, agency, profiles, subject, names, applicant, sponsor, agent, quorum, draft, content, digest, warnings, deliver_to,
        created_by, created_at, approve_before, use_before, risk)`.execute(tx);
  const keys = orders.flatMap(({ id, keys: own }) => own.map((key, item) => ({ id, item, ...key })));
  if (keys.length === 0) return;
  await sql`
    insert into order_keys (order_id, item, csr, spki_sha256)
    select * from unnest(${keys.map((key) => key.id)}::uuid[], ${keys.map((key) => key.item)}::integer[],
      ${keys.map((key) => key.csr)}::bytea[], ${keys.map((key) => key.spkiSha256)}::bytea[])`.execute(tx);
}

/** An order by id. */
export const findOrder = byKey(async (db: Database | Tx, ids): Promise<ReadonlyMap<string, OrderRow>> => {
  const rows = await orders(db).where('o.id', '=', sql<string>`any(${ids}::uuid[])`).execute();
  return new Map(rows.map((row) => [row.id, orderOf(row)]));
});

/** The states of some orders. */
export async function listOrderStates(
  db: Database,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly state: OrderState }[]> {
  return db.selectFrom('orders').select(['id', 'state']).where('id', '=', sql<string>`any(${ids}::uuid[])`).execute();
}

/** The bytes that approvers sign, by order; undefined while a person's order waits for its code. */
export const findOrderContent = byKey(
  async (db: Database | Tx, ids): Promise<ReadonlyMap<string, { bytes: Uint8Array; digest: Uint8Array }>> => {
    const rows = await db
      .selectFrom('orders')
      .select(['id', 'content', 'digest'])
      .where('id', '=', sql<string>`any(${ids}::uuid[])`)
      .execute();
    return new Map(
      rows.flatMap(({ id, content, digest }) => (content && digest ? [[id, { bytes: content, digest }]] : [])),
    );
  },
);

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
    // The few orders with a name are looked up by it and then sorted, instead of looking for it in all by time.
    .orderBy(
      filter.name === undefined ? 'o.created_at' : sql`o.created_at + interval '0'`,
      oldestFirst ? 'asc' : 'desc',
    )
    .orderBy('o.id', oldestFirst ? 'asc' : 'desc')
    .limit(size + 1);
  if (filter.state !== undefined) query = query.where('o.state', '=', filter.state);
  if (filter.agencyId !== undefined) query = query.where('o.agency_id', '=', filter.agencyId);
  if (filter.applicantId !== undefined) query = query.where('o.applicant_id', '=', filter.applicantId);
  if (filter.risk !== undefined) query = query.where('o.risk', filter.risk ? 'is not' : 'is', null);
  if (filter.search !== undefined) {
    query = query.where(sql`lower(o.subject)`, 'like', likePrefix(filter.search.toLowerCase()));
  }
  if (filter.name !== undefined) query = query.where('o.names', '@>', sql<string[]>`array[${filter.name}]::text[]`);
  if (filter.reference !== undefined) {
    const [from, to] = [
      `${filter.reference}-0000-0000-0000-000000000000`,
      `${filter.reference}-ffff-ffff-ffff-ffffffffffff`,
    ];
    query = query.where(sql<boolean>`o.id between ${from}::uuid and ${to}::uuid`);
  }
  const { key } = filter;
  if (key !== undefined)
    query = query.where('o.id', 'in', (inner) =>
      inner.selectFrom('order_keys as k').select('k.order_id').where('k.spki_sha256', '=', key),
    );
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

/** Why the signer did not sign an order, the last time. */
export const findOrderRefusal = byKey(
  async (
    db: Database,
    ids,
  ): Promise<ReadonlyMap<string, { readonly code: string; readonly detail: string; readonly refusedAt: Date }>> => {
    const rows = await db
      .selectFrom('order_refusals')
      .select(['order_id', 'code', 'detail', 'refused_at'])
      .where('order_id', '=', sql<string>`any(${ids}::uuid[])`)
      .orderBy('refused_at')
      .execute();
    return new Map(
      rows.map((row) => [row.order_id, { code: row.code, detail: row.detail, refusedAt: row.refused_at }]),
    );
  },
);

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
      'o.risk',
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
    risk: row.risk as OrderRisk | null,
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
