import type { OrderState } from '@see/domain';
import { sql } from 'kysely';
import type { AuditActor } from '../audit.ts';
import type { Database } from '../connect.ts';
import { byKey } from '../in-batches.ts';
import type { DB } from '../schema.gen.ts';
import type { Tx } from '../transaction.ts';
import { cutPage, type Page } from './page.ts';
import type { Person } from './people.ts';

export type ImportState = DB['imports']['state'];
export type ImportRowState = DB['import_rows']['state'];

/** Rows of an import by what became of them. */
export type ImportCounts = Readonly<Record<ImportRowState, number>>;

export interface Import {
  readonly id: string;
  readonly agencyId: string;
  readonly digest: Uint8Array;
  readonly state: ImportState;
  readonly sameName: 'skip' | 'create';
  readonly leaveOut: boolean;
  /** What is ordered for each person, as it was confirmed; null when nothing is. */
  readonly order: unknown;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly counts: ImportCounts;
}

export interface ImportRow {
  readonly row: number;
  readonly externalId: string | null;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly displayName: string | null;
  readonly email: string | null;
  readonly state: ImportRowState;
  readonly code: string | null;
  readonly reason: string | null;
  readonly personId: string | null;
  /** The order that was made for the person, as it is now. */
  readonly order: { readonly id: string; readonly state: OrderState } | null;
}

export interface NewImport {
  readonly id: string;
  readonly agencyId: string;
  readonly digest: Uint8Array;
  readonly sameName: 'skip' | 'create';
  readonly leaveOut: boolean;
  readonly order: unknown;
  readonly actor: AuditActor;
  readonly createdBy: string;
  readonly rows: readonly Omit<ImportRow, 'personId' | 'order'>[];
}

/** The place after which a page of imports starts. */
export interface ImportKey {
  readonly createdAt: Date;
  readonly id: string;
}

/** People that a row may mean. */
export type RegisteredPerson = Pick<
  Person,
  'id' | 'agencyId' | 'givenName' | 'surname' | 'displayName' | 'email' | 'externalId' | 'leftAt'
>;

/** Everybody of an agency, and everybody anywhere who has one of these mail addresses, case aside; one question. */
export async function findRegistered(
  db: Database | Tx,
  agencyId: string,
  emails: readonly string[],
): Promise<readonly RegisteredPerson[]> {
  const { rows } = await sql<RegisteredPerson>`
    select id, agency_id as "agencyId", given_name as "givenName", surname, display_name as "displayName", email,
      external_id as "externalId", left_at as "leftAt"
    from people where agency_id = ${agencyId}
    union
    select id, agency_id, given_name, surname, display_name, email, external_id, left_at
    from people where lower(email) in (select lower(address) from unnest(${emails}::text[]) address)
    order by id`.execute(db);
  return rows;
}

/** The agency's latest import, and whether it is still open. */
export async function findLatestImport(
  db: Database | Tx,
  agencyId: string,
): Promise<{ readonly id: string; readonly state: ImportState } | undefined> {
  return db
    .selectFrom('imports')
    .select(['id', 'state'])
    .where('agency_id', '=', agencyId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Stores an import with its rows, in two statements. A second open one of the agency breaks `imports_one_open`. */
export async function insertImport(tx: Tx, wanted: NewImport): Promise<void> {
  await tx
    .insertInto('imports')
    .values({
      id: wanted.id,
      agency_id: wanted.agencyId,
      digest: wanted.digest,
      state: 'running',
      same_name: wanted.sameName,
      leave_out: wanted.leaveOut,
      orders: wanted.order === null ? null : JSON.stringify(wanted.order),
      actor: JSON.stringify(wanted.actor),
      created_by: wanted.createdBy,
    })
    .execute();
  const { rows } = wanted;
  await sql`
    insert into import_rows (import_id, row, external_id, given_name, surname, display_name, email, state, code, reason)
    select ${wanted.id}::uuid, * from unnest(
      ${rows.map(({ row }) => row)}::integer[], ${rows.map(({ externalId }) => externalId)}::text[],
      ${rows.map(({ givenName }) => givenName)}::text[], ${rows.map(({ surname }) => surname)}::text[],
      ${rows.map(({ displayName }) => displayName)}::text[], ${rows.map(({ email }) => email)}::text[],
      ${rows.map(({ state }) => state)}::text[], ${rows.map(({ code }) => code)}::text[],
      ${rows.map(({ reason }) => reason)}::text[])`.execute(tx);
}

/** An import by id; those who ask at the same time share a question. */
export const findImport = byKey(async (db: Database | Tx, ids): Promise<ReadonlyMap<string, Import>> => {
  const rows = await imports(db).where('i.id', '=', sql<string>`any(${ids}::uuid[])`).execute();
  return new Map(rows.map((row) => [row.id, importOf(row)]));
});

/** How many orders an import made, and how many of them wait for their codes. */
export async function countImportOrders(
  db: Database | Tx,
  id: string,
): Promise<{ readonly orders: number; readonly preparing: number }> {
  return db
    .selectFrom('import_rows as r')
    .innerJoin('orders as o', 'o.id', 'r.order_id')
    .where('r.import_id', '=', id)
    .select(({ fn }) => [
      fn.countAll<number>().as('orders'),
      fn.countAll<number>().filterWhere('o.state', '=', 'preparing').as('preparing'),
    ])
    .executeTakeFirstOrThrow();
}

/** Imports, newest first. */
export async function listImports(
  db: Database,
  filter: { readonly agencyId?: string },
  size: number,
  after: ImportKey | undefined,
): Promise<Page<Import, ImportKey>> {
  let query = imports(db)
    .orderBy('i.created_at', 'desc')
    .orderBy('i.id', 'desc')
    .limit(size + 1);
  if (filter.agencyId !== undefined) query = query.where('i.agency_id', '=', filter.agencyId);
  if (after) query = query.where(sql<boolean>`(i.created_at, i.id) < (${after.createdAt}, ${after.id}::uuid)`);
  const rows = (await query.execute()).map(importOf);
  return cutPage(rows, size, ({ createdAt, id }) => ({ createdAt, id }));
}

/** All rows of an import in their order. */
export async function readImportRows(db: Database | Tx, id: string): Promise<readonly ImportRow[]> {
  const rows = await db
    .selectFrom('import_rows as r')
    .leftJoin('orders as o', 'o.id', 'r.order_id')
    .selectAll('r')
    .select('o.state as order_state')
    .where('r.import_id', '=', id)
    .orderBy('r.row')
    .execute();
  return rows.map((row) => ({
    row: row.row,
    externalId: row.external_id,
    givenName: row.given_name,
    surname: row.surname,
    displayName: row.display_name,
    email: row.email,
    state: row.state,
    code: row.code,
    reason: row.reason,
    personId: row.person_id,
    order: row.order_id !== null && row.order_state !== null ? { id: row.order_id, state: row.order_state } : null,
  }));
}

function imports(db: Database | Tx) {
  return db
    .selectFrom('imports as i')
    .innerJoinLateral(
      (inner) =>
        inner
          .selectFrom('import_rows as r')
          .whereRef('r.import_id', '=', 'i.id')
          .select(({ fn }) => [
            fn.countAll<number>().filterWhere('r.state', '=', 'waiting').as('waiting'),
            fn.countAll<number>().filterWhere('r.state', '=', 'done').as('done'),
            fn.countAll<number>().filterWhere('r.state', '=', 'skipped').as('skipped'),
            fn.countAll<number>().filterWhere('r.state', '=', 'failed').as('failed'),
          ])
          .as('n'),
      (join) => join.onTrue(),
    )
    .select([
      'i.id',
      'i.agency_id',
      'i.digest',
      'i.state',
      'i.same_name',
      'i.leave_out',
      'i.orders',
      'i.created_by',
      'i.created_at',
      'i.updated_at',
      'n.waiting',
      'n.done',
      'n.skipped',
      'n.failed',
    ]);
}

type ImportRecord = Awaited<ReturnType<ReturnType<typeof imports>['execute']>>[number];

function importOf(row: ImportRecord): Import {
  return {
    id: row.id,
    agencyId: row.agency_id,
    digest: row.digest,
    state: row.state,
    sameName: row.same_name,
    leaveOut: row.leave_out,
    order: row.orders,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    counts: { waiting: row.waiting, done: row.done, skipped: row.skipped, failed: row.failed },
  };
}
