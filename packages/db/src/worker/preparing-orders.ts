import { moveOf, ORDER_MACHINE } from '@see/domain';
import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import { moveOrders } from '../move-orders.ts';
import type { Tx } from '../transaction.ts';

/** A person's order that waits for its code. The draft is what ra wrote; nothing of it is checked. */
export interface PreparingOrder {
  readonly id: string;
  readonly draft: unknown;
}

/** Everything that the worker adds to a person's order. */
export interface BoundCode {
  readonly orderId: string;
  /** SHA-384(K), 48 octets. */
  readonly commitment: Uint8Array;
  /** K, encrypted to the signer. */
  readonly sealedKey: Uint8Array;
  /** The worker's registered key and its detached JWS over order and commitment. */
  readonly keyId: string;
  readonly signature: string;
  readonly content: Uint8Array;
  readonly digest: Uint8Array;
}

/** Orders in state preparing whose time for approval is not over, oldest first, without those named. */
export async function readPreparingOrders(
  db: Database,
  limit: number,
  without: readonly string[],
): Promise<PreparingOrder[]> {
  const answer = await sql<PreparingOrder>`
    select id, draft from orders
    where state = 'preparing' and kind = 'person' and approve_before > clock_timestamp() and not (id = any(${[...without]}::uuid[]))
    order by created_at, id limit ${limit}`.execute(db);
  return answer.rows;
}

/**
 * Gives a preparing order its content and its sealed key, and opens it for approval. False, and nothing written, when the order is
 * not preparing any more.
 */
export async function bindCode(tx: Tx, bound: BoundCode): Promise<boolean> {
  const { from, to } = moveOf(ORDER_MACHINE, 'bind-code');
  const moved = await tx
    .updateTable('orders')
    .set({ state: to, content: bound.content, digest: bound.digest })
    .where('id', '=', bound.orderId)
    .where('state', 'in', [...from])
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) return false;
  await tx
    .insertInto('enrolment_secrets')
    .values({
      order_id: bound.orderId,
      commitment: bound.commitment,
      sealed_key: bound.sealedKey,
      key_id: bound.keyId,
      signature: bound.signature,
    })
    .execute();
  return true;
}

/** Ends a preparing order that no code can be bound to; false when it is not preparing any more. */
export async function refusePreparingOrder(tx: Tx, orderId: string, reason: string): Promise<boolean> {
  return (await moveOrders(tx, [orderId], 'give-up', reason)).size === 1;
}
