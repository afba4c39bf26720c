import { moveOf, ORDER_MACHINE, type OrderState } from '@see/domain';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** States before the approvals are complete. */
const UNAPPROVED: readonly OrderState[] = ['preparing', 'pending'];

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
  const { from, to } = moveOf(ORDER_MACHINE, 'lapse');
  const answer = await sql<LapsedOrder>`
    with over as (
      select id, state as before,
        case when state = any(${UNAPPROVED}::text[]) then 'not approved in time' else 'not used in time' end as reason
      from orders
      where state = any(${from}::text[])
        and case when state = any(${UNAPPROVED}::text[]) then approve_before else use_before end < clock_timestamp()
      order by created_at, id limit ${limit} for update skip locked
    )
    update orders o set state = ${to}, state_reason = over.reason from over where o.id = over.id
    returning o.id, over.before, over.reason`.execute(tx);
  return answer.rows;
}
