import type { OrderState } from '@see/domain';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';
import { cutPage, type Page } from './page.ts';

/** A batch, with its orders counted by the state that they are in now. */
export interface Batch {
  readonly id: string;
  readonly agencyId: string;
  readonly importId: string | null;
  readonly content: Uint8Array;
  readonly digest: Uint8Array;
  readonly count: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly states: Readonly<Partial<Record<OrderState, number>>>;
}

export type NewBatch = Omit<Batch, 'states' | 'createdAt'> & {
  /** Ids of the orders, in the order of the leaves. */
  readonly orders: readonly string[];
};

/** The place after which a page of batches starts. */
export interface BatchKey {
  readonly createdAt: Date;
  readonly id: string;
}

/** An order that waits for approval and may go into a batch. As ra stored it: the domain decides from the content. */
export interface BatchableOrder {
  readonly id: string;
  readonly content: Uint8Array;
  readonly digest: Uint8Array;
}

/** One order of a batch as it is now. */
export interface BatchOrder extends BatchableOrder {
  readonly leaf: number;
  readonly state: OrderState;
  readonly createdBy: string;
  readonly approveBefore: Date;
  readonly warnings: unknown;
}

/** Stores a batch with its orders, in two statements. */
export async function insertBatch(tx: Tx, batch: NewBatch): Promise<void> {
  const { id, agencyId, importId, content, digest, count, createdBy } = batch;
  await tx
    .insertInto('batches')
    .values({ id, agency_id: agencyId, import_id: importId, content, digest, count, created_by: createdBy })
    .execute();
  await sql`
    insert into batch_orders (batch_id, leaf, order_id)
    select ${id}::uuid, place - 1, order_id from unnest(${batch.orders}::uuid[]) with ordinality as t(order_id, place)`.execute(
    tx,
  );
}

/**
 * The orders of an agency that wait for approval, are not on the dual list and can still be approved, oldest first: those of
 * an import, those named, or all.
 */
export async function readBatchableOrders(
  db: Database | Tx,
  agencyId: string,
  which: { readonly importId?: string; readonly orderIds?: readonly string[] },
  now: Date,
  most: number,
): Promise<readonly BatchableOrder[]> {
  const { rows } = await sql<BatchableOrder>`
    select o.id, o.content, o.digest from orders o
    where o.agency_id = ${agencyId} and o.state = 'pending' and ${notDual(sql.ref('o.quorum'), sql.ref('o.risk'))} and o.content is not null
      and o.approve_before > ${now}
      and (${which.orderIds ?? null}::uuid[] is null or o.id = any(${which.orderIds ?? null}::uuid[]))
      and (${which.importId ?? null}::uuid is null
        or exists (select from import_rows r where r.import_id = ${which.importId ?? null}::uuid and r.order_id = o.id))
    order by o.created_at, o.id limit ${most}`.execute(db);
  return rows;
}

/** Orders of which one approval would be enough, were it not for a risk. */
function notDual(quorum: RawBuilder<unknown>, risk: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`coalesce((${risk} ->> 'quorumWithout')::integer, ${quorum}) = 1`;
}

/** Agencies with orders that could go into a batch. */
export async function listBatchableAgencies(db: Database, now: Date): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('orders')
    .select('agency_id')
    .distinct()
    .where('state', '=', 'pending')
    .where(notDual(sql.ref('quorum'), sql.ref('risk')))
    .where('content', 'is not', null)
    .where('approve_before', '>', now)
    .orderBy('agency_id')
    .execute();
  return rows.map((row) => row.agency_id);
}

/** A batch by id. */
export async function findBatch(db: Database | Tx, id: string): Promise<Batch | undefined> {
  const row = await batches(db).where('b.id', '=', id).executeTakeFirst();
  return row && batchOf(row);
}

/** Batches, newest first. */
export async function listBatches(
  db: Database,
  filter: { readonly agencyId?: string },
  size: number,
  after: BatchKey | undefined,
): Promise<Page<Batch, BatchKey>> {
  let query = batches(db)
    .orderBy('b.created_at', 'desc')
    .orderBy('b.id', 'desc')
    .limit(size + 1);
  if (filter.agencyId !== undefined) query = query.where('b.agency_id', '=', filter.agencyId);
  if (after) query = query.where(sql<boolean>`(b.created_at, b.id) < (${after.createdAt}, ${after.id}::uuid)`);
  const rows = (await query.execute()).map(batchOf);
  return cutPage(rows, size, ({ createdAt, id }) => ({ createdAt, id }));
}

/** Orders of a batch by leaf, `most` from the leaf `from` on. */
export async function readBatchOrders(
  db: Database | Tx,
  id: string,
  from: number,
  most: number,
): Promise<readonly BatchOrder[]> {
  const { rows } = await sql<BatchOrder>`
    select ${ORDER_COLUMNS} from batch_orders b join orders o on o.id = b.order_id
    where b.batch_id = ${id}::uuid and b.leaf >= ${from} order by b.leaf limit ${most}`.execute(db);
  return rows;
}

/** All orders of a batch by leaf, which nobody else moves until the transaction ends. */
export async function lockBatchOrders(tx: Tx, id: string): Promise<readonly BatchOrder[]> {
  // By id, as approvals lock them.
  await sql`
    select o.id from batch_orders b join orders o on o.id = b.order_id
    where b.batch_id = ${id}::uuid order by o.id for no key update of o`.execute(tx);
  return readBatchOrders(tx, id, 0, 5_000);
}

const ORDER_COLUMNS = sql`b.leaf, o.id, o.content, o.digest, o.state, o.created_by as "createdBy", o.approve_before as "approveBefore", o.warnings`;

function batches(db: Database | Tx) {
  return db
    .selectFrom('batches as b')
    .selectAll('b')
    .select(
      sql<Partial<Record<OrderState, number>>>`(
        select json_object_agg(s.state, s.count) from (
          select o.state, count(*) from batch_orders m join orders o on o.id = m.order_id where m.batch_id = b.id group by o.state
        ) s)`.as('states'),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof batches>['executeTakeFirstOrThrow']>>;

function batchOf(row: Row): Batch {
  return {
    id: row.id,
    agencyId: row.agency_id,
    importId: row.import_id,
    content: row.content,
    digest: row.digest,
    count: row.count,
    createdBy: row.created_by,
    createdAt: row.created_at,
    states: row.states,
  };
}
