import type { Database } from '../connect.ts';

/** What the desk reads of an order. `content` is undefined while a code is being bound to it. */
export interface OrderToApprove {
  readonly state: string;
  readonly approveBefore: Date;
  readonly content: Uint8Array | undefined;
}

/** An order by id, in whatever state; undefined when there is none. Nothing is verified: the reader hashes the bytes. */
export async function readOrderToApprove(db: Database, id: string): Promise<OrderToApprove | undefined> {
  const row = await db
    .selectFrom('orders')
    .select(['state', 'approve_before', 'content'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { state: row.state, approveBefore: row.approve_before, content: row.content ?? undefined };
}
