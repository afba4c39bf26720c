import { moveOf, ORDER_MACHINE, type OrderEvent } from '@see/domain';
import { sql } from 'kysely';
import type { Tx } from './transaction.ts';

/**
 * Moves orders on as their state machine says, and returns the ids of those that moved: an order in which the event can
 * not happen now stays as it is. The schema refuses transitions that the machine does not have, or that another
 * process makes. `reason` is what people will read.
 */
export async function moveOrders(
  tx: Tx,
  ids: readonly string[],
  event: OrderEvent,
  reason: string | null = null,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { from, to } = moveOf(ORDER_MACHINE, event);
  const answer = await sql<{ id: string }>`
    update orders set state = ${to}, state_reason = ${reason?.slice(0, 1000) ?? null}
    where id = any(${ids}::uuid[]) and state = any(${from}::text[]) returning id`.execute(tx);
  return new Set(answer.rows.map(({ id }) => id));
}
