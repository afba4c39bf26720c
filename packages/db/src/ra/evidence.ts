import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { EvidenceItems } from '../schema.gen.ts';
import type { Tx } from '../transaction.ts';

/** An item as it is recorded. Days are `YYYY-MM-DD`. */
export interface NewEvidence {
  readonly personId: string;
  readonly kind: string;
  readonly issuer: string | null;
  readonly method: EvidenceItems['method'];
  readonly sightedOn: string;
  readonly sightedBy: string;
  readonly expiresOn: string | null;
  readonly note: string | null;
  readonly orderId: string | null;
  readonly recordedBy: string;
}

export interface EvidenceRow extends NewEvidence {
  readonly id: number;
  /** The person's agency when it was recorded. */
  readonly agencyId: string | null;
  readonly recordedAt: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBecause: string | null;
}

/** Records items; the schema says of which agency, and refuses what was not seen yet (SE024). Returns their numbers. */
export async function insertEvidence(tx: Tx, items: readonly NewEvidence[]): Promise<number[]> {
  if (items.length === 0) return [];
  const rows = await tx
    .insertInto('evidence_items')
    .values(
      items.map((item) => ({
        person_id: item.personId,
        kind: item.kind,
        issuer: item.issuer,
        method: item.method,
        sighted_on: item.sightedOn,
        sighted_by: item.sightedBy,
        expires_on: item.expiresOn,
        note: item.note,
        order_id: item.orderId,
        recorded_by: item.recordedBy,
      })),
    )
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Every item of a person, the newest first, withdrawn ones too. */
export async function listEvidence(db: Database, personId: string): Promise<EvidenceRow[]> {
  const rows = await evidence(db).where('e.person_id', '=', personId).orderBy('e.id', 'desc').execute();
  return rows.map(evidenceOf);
}

export async function findEvidence(db: Database, id: number): Promise<EvidenceRow | undefined> {
  const row = await evidence(db).where('e.id', '=', id).executeTakeFirst();
  return row && evidenceOf(row);
}

/** Withdraws an item, once: a second time is refused by the schema (23505). */
export async function withdrawEvidence(
  tx: Tx,
  withdrawal: { readonly itemId: number; readonly reason: string; readonly withdrawnBy: string },
): Promise<void> {
  const { itemId, reason, withdrawnBy } = withdrawal;
  await sql`
    insert into evidence_withdrawals (item_id, reason, withdrawn_by) values (${itemId}, ${reason}, ${withdrawnBy})`.execute(
    tx,
  );
}

function evidence(db: Database) {
  return db
    .selectFrom('evidence_items as e')
    .leftJoin('evidence_withdrawals as w', 'w.item_id', 'e.id')
    .selectAll('e')
    .select(['w.withdrawn_at', 'w.reason as withdrawn_because']);
}

function evidenceOf(row: Awaited<ReturnType<ReturnType<typeof evidence>['executeTakeFirstOrThrow']>>): EvidenceRow {
  return {
    id: row.id,
    personId: row.person_id,
    agencyId: row.agency_id,
    kind: row.kind,
    issuer: row.issuer,
    method: row.method,
    sightedOn: row.sighted_on,
    sightedBy: row.sighted_by,
    expiresOn: row.expires_on,
    note: row.note,
    orderId: row.order_id,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
    withdrawnAt: row.withdrawn_at,
    withdrawnBecause: row.withdrawn_because,
  };
}
