import { type AuditActor, notify, withTransaction, writeAudit } from '@see/db';
import { moveOrders, type OrderRow } from '@see/db/ra';
import { moveOf, ORDER_MACHINE, type OrderState } from '@see/domain';
import { Refusal } from '@see/http';
import type { Ra } from '../ra.ts';

/** Ends an order for good, with the reason that its people will read: rejected by an operator or withdrawn by its makers. Returns the state it ends in. */
export async function endOrder(
  ra: Ra,
  by: AuditActor,
  order: OrderRow,
  event: 'reject' | 'withdraw',
  reason: string,
): Promise<OrderState> {
  const end = moveOf(ORDER_MACHINE, event).to;
  await withTransaction(ra.db, async (tx) => {
    const moved = await moveOrders(tx, [order.id], event, reason);
    if (moved.size === 0) throw new Refusal('wrong-state', `The order can no longer be ${end}. Load it again.`);
    await writeAudit(tx, [
      {
        kind: `order.${event}`,
        outcome: 'success',
        actor: by,
        objectType: 'order',
        objectId: order.id,
        detail: { before: order.state, after: end, reason },
      },
    ]);
    await notify(tx, 'see_orders', 0);
  });
  return end;
}
