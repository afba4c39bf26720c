import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** An attempt to use an enrolment code that has no result yet. */
export interface RedemptionAttempt {
  readonly id: number;
  readonly orderId: string;
  readonly kind: 'check' | 'redeem';
  readonly proof: Uint8Array | null;
  readonly csrs: readonly Uint8Array[] | null;
  readonly tags: readonly Uint8Array[] | null;
  readonly createdAt: Date;
}

/** Attempts without a result, in the order in which they came. */
export async function readOpenAttempts(db: Database, limit: number): Promise<RedemptionAttempt[]> {
  const answer = await sql<RedemptionAttempt>`
    select a.id, a.order_id as "orderId", a.kind, a.proof, a.csrs, a.tags, a.created_at as "createdAt"
    from redemption_attempts a left join redemption_results r on r.attempt_id = a.id
    where r.attempt_id is null order by a.id limit ${limit}`.execute(db);
  return answer.rows;
}

/** The redeeming attempt of an order that was found right. */
export async function readRightRedemption(db: Database, orderId: string): Promise<RedemptionAttempt | undefined> {
  const answer = await sql<RedemptionAttempt>`
    select a.id, a.order_id as "orderId", a.kind, a.proof, a.csrs, a.tags, a.created_at as "createdAt"
    from redemption_attempts a join redemption_results r on r.attempt_id = a.id
    where a.order_id = ${orderId} and a.kind = 'redeem' and r.outcome = 'right' order by a.id limit 1`.execute(db);
  return answer.rows[0];
}

/** Wrong attempts of an order so far. */
export async function countWrongAttempts(db: Database | Tx, orderId: string): Promise<number> {
  const row = await db
    .selectFrom('redemption_results')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('order_id', '=', orderId)
    .where('outcome', 'in', ['wrong', 'locked'])
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export interface RedemptionResult {
  readonly attemptId: number;
  readonly orderId: string;
  readonly outcome: 'right' | 'wrong' | 'locked' | 'not-redeemable';
  readonly triesLeft: number;
}

export async function writeRedemptionResult(tx: Tx, result: RedemptionResult, at: Date): Promise<void> {
  await tx
    .insertInto('redemption_results')
    .values({
      attempt_id: result.attemptId,
      order_id: result.orderId,
      outcome: result.outcome,
      tries_left: result.triesLeft,
      created_at: at,
    })
    .execute();
}

/** The worker's secret for an order, sealed to the signer. */
export async function readEnrolmentSecret(
  db: Database,
  orderId: string,
): Promise<{ commitment: Uint8Array; sealed_key: Uint8Array; key_id: string; signature: string } | undefined> {
  return db
    .selectFrom('enrolment_secrets')
    .select(['commitment', 'sealed_key', 'key_id', 'signature'])
    .where('order_id', '=', orderId)
    .executeTakeFirst();
}
