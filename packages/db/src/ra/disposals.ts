import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Disposals, LegalHolds } from '../schema.gen.ts';
import type { Tx } from '../transaction.ts';

export type DisposalKind = Disposals['kind'];

/** A hold, which forbids disposals of a kind, or of all when it names none, until it is lifted. */
export interface LegalHold {
  readonly id: string;
  readonly kind: LegalHolds['kind'];
  readonly reason: string;
  readonly placedBy: string;
  readonly placedAt: Date;
  readonly lifted: { readonly by: string; readonly at: Date; readonly reason: string } | null;
}

/** Holds, the newest first. */
export async function listHolds(db: Database | Tx): Promise<LegalHold[]> {
  const rows = await db
    .selectFrom('legal_holds as h')
    .leftJoin('legal_hold_ends as e', 'e.hold_id', 'h.id')
    .select(['h.id', 'h.kind', 'h.reason', 'h.placed_by', 'h.placed_at'])
    .select(['e.lifted_by', 'e.lifted_at', 'e.reason as lifted_because'])
    .orderBy('h.placed_at', 'desc')
    .execute();
  return rows.map(({ id, kind, reason, placed_by: placedBy, placed_at: placedAt, ...end }) => ({
    ...{ id, kind, reason, placedBy, placedAt },
    lifted:
      end.lifted_by === null || end.lifted_at === null
        ? null
        : { by: end.lifted_by, at: end.lifted_at, reason: end.lifted_because ?? '' },
  }));
}

export async function insertHold(tx: Tx, hold: Pick<LegalHold, 'id' | 'kind' | 'reason' | 'placedBy'>): Promise<void> {
  const { id, kind, reason, placedBy } = hold;
  await tx.insertInto('legal_holds').values({ id, kind, reason, placed_by: placedBy }).execute();
}

/** Lifts a hold; false when it was lifted before. */
export async function liftHold(tx: Tx, id: string, by: string, reason: string): Promise<boolean> {
  const lifted = await tx
    .insertInto('legal_hold_ends')
    .values({ hold_id: id, lifted_by: by, reason })
    .onConflict((conflict) => conflict.column('hold_id').doNothing())
    .executeTakeFirst();
  return lifted.numInsertedOrUpdatedRows === 1n;
}

/** A proposal to dispose of what ended before a time, and what came of it. */
export interface Disposal {
  readonly id: string;
  readonly kind: DisposalKind;
  readonly cutOff: Date;
  readonly authorityRef: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly approvedBy: readonly string[];
  /** Its entry in the register; null while it is not carried out. */
  readonly done: { readonly records: number; readonly sha256: Uint8Array; readonly at: Date } | null;
}

export async function insertDisposal(
  tx: Tx,
  disposal: Pick<Disposal, 'id' | 'kind' | 'cutOff' | 'authorityRef' | 'proposedBy'>,
): Promise<void> {
  const { id, kind, cutOff, authorityRef, proposedBy } = disposal;
  await tx
    .insertInto('disposals')
    .values({ id, kind, cut_off: cutOff, authority_ref: authorityRef, proposed_by: proposedBy })
    .execute();
}

/** Disposals, the newest first; one of them when `id` is given. */
export async function listDisposals(db: Database | Tx, id?: string): Promise<Disposal[]> {
  const answer = await sql<
    Omit<Disposal, 'done'> & { records: number | null; sha256: Uint8Array | null; at: Date | null }
  >`
    select d.id, d.kind, d.cut_off as "cutOff", d.authority_ref as "authorityRef", d.proposed_by as "proposedBy", d.proposed_at as "proposedAt",
      array(select a.person_id from disposal_approvals a where a.disposal_id = d.id order by a.approved_at) as "approvedBy",
      r.records, r.sha256, r.carried_out_at as at
    from disposals d left join disposal_register r on r.disposal_id = d.id
    where ${id ?? null}::uuid is null or d.id = ${id ?? null}::uuid
    order by d.proposed_at desc limit 500`.execute(db);
  return answer.rows.map(({ records, sha256, at, ...row }) => ({
    ...row,
    done: records === null || sha256 === null || at === null ? null : { records, sha256, at },
  }));
}

/** Holds up others who approve the same disposal until this transaction ends. */
export async function lockDisposal(tx: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(7342, hashtext(${id}))`.execute(tx);
}

/** Records an approval; false when this person gave theirs before. */
export async function insertDisposalApproval(tx: Tx, id: string, personId: string): Promise<boolean> {
  const inserted = await tx
    .insertInto('disposal_approvals')
    .values({ disposal_id: id, person_id: personId })
    .onConflict((conflict) => conflict.columns(['disposal_id', 'person_id']).doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** Carries out a disposal; the schema asks again whether it may be. */
export async function carryOutDisposal(
  tx: Tx,
  id: string,
): Promise<{ readonly records: number; readonly sha256: Uint8Array }> {
  const answer = await sql<{ records: number; sha256: Uint8Array }>`
    select records, sha256 from carry_out_disposal(${id}::uuid)`.execute(tx);
  const [done] = answer.rows;
  if (!done) throw new Error('the disposal has no entry in the register');
  return done;
}
