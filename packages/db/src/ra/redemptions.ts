import type { Database } from '../connect.ts';
import type { DB } from '../schema.gen.ts';
import type { Tx } from '../transaction.ts';

export interface RedemptionResult {
  readonly outcome: DB['redemption_results']['outcome'];
  readonly triesLeft: number;
}

export interface RedemptionKey {
  readonly csr: Uint8Array;
  readonly tag: Uint8Array;
}

/** Hands the signer a proof of an order's code. Returns the attempt's number. */
export async function insertCheckAttempt(tx: Tx, orderId: string, proof: Uint8Array): Promise<number> {
  const row = await tx
    .insertInto('redemption_attempts')
    .values({ order_id: orderId, kind: 'check', proof, csrs: null, tags: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Hands the signer keys with their tags. Returns the attempt's number. */
export async function insertRedeemAttempt(tx: Tx, orderId: string, keys: readonly RedemptionKey[]): Promise<number> {
  const row = await tx
    .insertInto('redemption_attempts')
    .values({
      order_id: orderId,
      kind: 'redeem',
      proof: null,
      csrs: keys.map((key) => key.csr),
      tags: keys.map((key) => key.tag),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The number of an attempt that brought exactly these keys, so that sending them again makes no second attempt. */
export async function findSameAttempt(
  db: Database,
  orderId: string,
  keys: readonly RedemptionKey[],
): Promise<number | undefined> {
  const rows = await db
    .selectFrom('redemption_attempts')
    .select(['id', 'csrs', 'tags'])
    .where('order_id', '=', orderId)
    .where('kind', '=', 'redeem')
    .orderBy('id', 'desc')
    .limit(10)
    .execute();
  const wanted = fingerprint(
    keys.map((key) => key.csr),
    keys.map((key) => key.tag),
  );
  return rows.find((row) => row.csrs && row.tags && fingerprint(row.csrs, row.tags) === wanted)?.id;
}

function fingerprint(csrs: readonly Uint8Array[], tags: readonly Uint8Array[]): string {
  return [...csrs, ...tags].map((octets) => octets.toHex()).join('.');
}

/** What the signer said to an attempt, once it has. */
export async function findRedemptionResult(db: Database, attemptId: number): Promise<RedemptionResult | undefined> {
  const row = await db
    .selectFrom('redemption_results')
    .select(['outcome', 'tries_left'])
    .where('attempt_id', '=', attemptId)
    .executeTakeFirst();
  return row && { outcome: row.outcome, triesLeft: row.tries_left };
}
