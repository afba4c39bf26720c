import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A renewal as its holder asked for it. */
export interface NewRenewal {
  readonly orderId: string;
  /** What is to be replaced. */
  readonly certificateId: number;
  /** Whose key signed for it. */
  readonly signedBy: number;
  /** CMS SignedData, DER. */
  readonly request: Uint8Array;
  readonly signedAt: Date;
}

/** Stores a renewal beside its order, in one transaction. The schema says SE034 and SE035 (see recognise in ra). */
export async function insertRenewal(tx: Tx, renewal: NewRenewal): Promise<void> {
  await tx
    .insertInto('renewal_requests')
    .values({
      order_id: renewal.orderId,
      certificate_id: renewal.certificateId,
      signed_by: renewal.signedBy,
      request: renewal.request,
      signed_at: renewal.signedAt,
    })
    .execute();
}

/** What is known of a renewal beside its order. */
export interface RenewalRow {
  readonly orderId: string;
  readonly certificateId: number;
  readonly signedBy: number;
  readonly request: Uint8Array;
  readonly signedAt: Date;
  readonly agreement: { readonly recordedBy: string; readonly note: string | null; readonly agreedAt: Date } | null;
}

export async function findRenewal(db: Database | Tx, orderId: string): Promise<RenewalRow | undefined> {
  const row = await db
    .selectFrom('renewal_requests as r')
    .leftJoin('renewal_agreements as a', 'a.order_id', 'r.order_id')
    .select(['r.order_id', 'r.certificate_id', 'r.signed_by', 'r.request', 'r.signed_at'])
    .select(['a.recorded_by', 'a.note', 'a.agreed_at'])
    .where('r.order_id', '=', orderId)
    .executeTakeFirst();
  if (!row) return undefined;
  const { recorded_by: recordedBy, note, agreed_at: agreedAt } = row;
  return {
    orderId: row.order_id,
    certificateId: row.certificate_id,
    signedBy: row.signed_by,
    request: row.request,
    signedAt: row.signed_at,
    agreement: recordedBy === null || agreedAt === null ? null : { recordedBy, note, agreedAt },
  };
}

/** Records that the sponsor agrees to a renewal; false when that is on record. The schema says SE037. */
export async function insertRenewalAgreement(
  tx: Tx,
  agreement: {
    readonly orderId: string;
    readonly sponsorId: string;
    readonly recordedBy: string;
    readonly note: string | null;
  },
): Promise<boolean> {
  const { orderId, sponsorId, recordedBy, note } = agreement;
  const inserted = await tx
    .insertInto('renewal_agreements')
    .values({ order_id: orderId, sponsor_id: sponsorId, recorded_by: recordedBy, note })
    .onConflict((conflict) => conflict.column('order_id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** The order that replaces a certificate: one that is under way, or one that was issued and not revoked since. */
export async function findReplacingOrder(db: Database | Tx, certificateId: number): Promise<string | undefined> {
  const answer = await sql<{ id: string | null }>`
    select order_that_replaces(${certificateId}, null) as id`.execute(db);
  return answer.rows[0]?.id ?? undefined;
}

/** A certificate that takes the place of another. */
export interface Successor {
  readonly id: number;
  readonly sha256: Uint8Array;
  readonly notBefore: Date;
}

/** The newest certificate of the same profile whose order says that it replaces this one; undefined when there is none. */
export async function findSuccessor(db: Database | Tx, sha256: Uint8Array): Promise<Successor | undefined> {
  const answer = await sql<Successor>`
    select n.id, n.sha256, n.not_before as "notBefore"
    from certificates c join orders o on o.draft->'replaces' <> '[]' and o.draft->'replaces' ? ${sha256.toHex()}
      join certificates n on n.order_id = o.id and n.profile_id = c.profile_id
    where c.sha256 = ${sha256} order by n.id desc limit 1`.execute(db);
  return answer.rows[0];
}
