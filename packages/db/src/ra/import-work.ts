import { sql } from 'kysely';
import type { AuditActor } from '../audit.ts';
import type { Tx } from '../transaction.ts';
import type { ImportState } from './imports.ts';
import type { Person } from './people.ts';

/** An import that this transaction alone works on. */
export interface ClaimedImport {
  readonly id: string;
  readonly agencyId: string;
  /** Digest of what was confirmed, SHA-256. */
  readonly digest: Uint8Array;
  readonly actor: AuditActor;
  readonly createdBy: string;
  /** What is ordered for each person, as it was confirmed; null when nothing is. */
  readonly order: unknown;
}

/** A row that waits for its person. */
export interface WaitingRow {
  readonly row: number;
  readonly givenName: string | null;
  readonly surname: string;
  readonly displayName: string;
  readonly email: string;
  readonly externalId: string | null;
}

/** What became of a row: the person and the order that it made, or why it made none. */
export type RowOutcome =
  | { readonly row: number; readonly personId: string; readonly orderId: string | null }
  | FailedRow;

/** A row that made nobody, and why. */
export interface FailedRow {
  readonly row: number;
  readonly code: string;
  readonly reason: string;
}

/** Takes the oldest running import that no other transaction works on. */
export async function claimImport(tx: Tx): Promise<ClaimedImport | undefined> {
  const row = await tx
    .selectFrom('imports')
    .select(['id', 'agency_id', 'digest', 'actor', 'created_by', 'orders'])
    .where('state', '=', 'running')
    .orderBy('created_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      agencyId: row.agency_id,
      digest: row.digest,
      actor: row.actor as AuditActor,
      createdBy: row.created_by,
      order: row.orders,
    }
  );
}

/** The state of an import, which nobody else changes until the transaction ends; undefined where there is none. */
export async function lockImport(tx: Tx, id: string): Promise<ImportState | undefined> {
  const row = await tx.selectFrom('imports').select('state').where('id', '=', id).forUpdate().executeTakeFirst();
  return row?.state;
}

/** The next rows that wait, in their order. */
export async function readWaitingRows(tx: Tx, id: string, most: number): Promise<readonly WaitingRow[]> {
  const rows = await tx
    .selectFrom('import_rows')
    .select(['row', 'given_name', 'surname', 'display_name', 'email', 'external_id'])
    .where('import_id', '=', id)
    .where('state', '=', 'waiting')
    .orderBy('row')
    .limit(most)
    .execute();
  return rows.map((row) => ({
    row: row.row,
    givenName: row.given_name,
    surname: row.surname ?? '',
    displayName: row.display_name ?? '',
    email: row.email ?? '',
    externalId: row.external_id,
  }));
}

/** Those of these mail addresses that somebody has, in lower case. */
export async function findTakenMails(tx: Tx, emails: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ email: string }>`
    select lower(email) as email from people
    where lower(email) in (select lower(address) from unnest(${emails}::text[]) address)`.execute(tx);
  return new Set(rows.map(({ email }) => email));
}

/** Those of these numbers that somebody of the agency has now. */
export async function findTakenNumbers(
  tx: Tx,
  agencyId: string,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('people')
    .select('external_id')
    .where('agency_id', '=', agencyId)
    .where('left_at', 'is', null)
    .where('external_id', '=', sql<string>`any(${numbers}::text[])`)
    .execute();
  return new Set(rows.flatMap(({ external_id }) => external_id ?? []));
}

/** What is written of a person who is entered. */
export type NewPerson = Pick<
  Person,
  | 'id'
  | 'agencyId'
  | 'givenName'
  | 'surname'
  | 'displayName'
  | 'email'
  | 'externalId'
  | 'lastVerifiedAt'
  | 'nextReviewAt'
  | 'verifiedBy'
>;

/** Enters people into the registry in one statement. */
export async function insertPeople(tx: Tx, people: readonly NewPerson[]): Promise<void> {
  if (people.length === 0) return;
  await sql`
    insert into people (id, agency_id, given_name, surname, display_name, email, external_id, last_verified_at, next_review_at, verified_by)
    select * from unnest(
      ${people.map(({ id }) => id)}::text[], ${people.map(({ agencyId }) => agencyId)}::text[],
      ${people.map(({ givenName }) => givenName)}::text[], ${people.map(({ surname }) => surname)}::text[],
      ${people.map(({ displayName }) => displayName)}::text[], ${people.map(({ email }) => email)}::text[],
      ${people.map(({ externalId }) => externalId)}::text[],
      ${people.map(({ lastVerifiedAt }) => lastVerifiedAt)}::timestamptz[],
      ${people.map(({ nextReviewAt }) => nextReviewAt)}::timestamptz[], ${people.map(({ verifiedBy }) => verifiedBy)}::text[])`.execute(
    tx,
  );
}

/** Writes what became of rows in one statement: done with their person, or failed. */
export async function settleRows(tx: Tx, id: string, outcomes: readonly RowOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  await sql`
    update import_rows r
    set state = case when o.person is null then 'failed' else 'done' end, person_id = o.person, order_id = o.ordered, code = o.code, reason = o.reason
    from unnest(
      ${outcomes.map(({ row }) => row)}::integer[],
      ${outcomes.map((outcome) => ('personId' in outcome ? outcome.personId : null))}::text[],
      ${outcomes.map((outcome) => ('personId' in outcome ? outcome.orderId : null))}::uuid[],
      ${outcomes.map((outcome) => ('code' in outcome ? outcome.code : null))}::text[],
      ${outcomes.map((outcome) => ('reason' in outcome ? outcome.reason : null))}::text[]) as o (row, person, ordered, code, reason)
    where r.import_id = ${id}::uuid and r.row = o.row`.execute(tx);
}

/** Sets the state of an import; the database refuses `done` while rows wait. */
export async function setImportState(tx: Tx, id: string, state: ImportState): Promise<void> {
  await tx.updateTable('imports').set({ state }).where('id', '=', id).execute();
}

/** Lets the rows that failed wait again. Returns how many. */
export async function retryFailedRows(tx: Tx, id: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('import_rows')
    .set({ state: 'waiting', code: null, reason: null })
    .where('import_id', '=', id)
    .where('state', '=', 'failed')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Gives up the rows that wait. Returns how many. */
export async function cancelWaitingRows(tx: Tx, id: string, reason: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('import_rows')
    .set({ state: 'skipped', code: 'cancelled', reason })
    .where('import_id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
