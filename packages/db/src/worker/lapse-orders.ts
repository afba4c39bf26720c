import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** An order whose time was over. */
export interface LapsedOrder {
  readonly id: string;
  /** The state it was in. */
  readonly before: string;
  readonly reason: string;
}

/**
 * Ends orders that were not approved before `approve_before`, or not used before `use_before`, by the database's clock; at most
 * `limit`, and none that another transaction has in hand. Orders that are being issued are left alone.
 */
export async function lapseOrders(tx: Tx, limit: number): Promise<LapsedOrder[]> {
  const answer = await sql<LapsedOrder>`
    with over as (
      select id, state as before,
        case when state in ('preparing', 'pending') then 'not approved in time' else 'not used in time' end as reason
      from orders
      where (state in ('preparing', 'pending') and approve_before < clock_timestamp())
        or (state in ('approved', 'redeemable') and use_before < clock_timestamp())
      order by created_at, id limit ${limit} for update skip locked
    )
    update orders o set state = 'lapsed', state_reason = over.reason from over where o.id = over.id
    returning o.id, over.before, over.reason`.execute(tx);
  return answer.rows;
}
