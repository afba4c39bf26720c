import { type AuditActor, notify, withTransaction, writeAudit } from '@see/db';
import { moveOrders, type OrderRow, type OrderState } from '@see/db/ra';
import { Refusal } from '@see/http';
import type { Ra } from '../ra.ts';

/** States in which nothing has been signed and an order can still be ended by a person. */
const OPEN: readonly OrderState[] = ['preparing', 'pending', 'approved', 'redeemable', 'locked'];

/** Ends an order for good, with the reason that its people will read: rejected by an operator or withdrawn by its makers. */
export async function endOrder(
  ra: Ra,
  by: AuditActor,
  order: OrderRow,
  end: 'rejected' | 'withdrawn',
  reason: string,
): Promise<void> {
  await withTransaction(ra.db, async (tx) => {
    const moved = await moveOrders(tx, [order.id], OPEN, end, reason);
    if (moved.size === 0) throw new Refusal('wrong-state', `The order can no longer be ${end}. Load it again.`);
    await writeAudit(tx, [
      {
        kind: end === 'rejected' ? 'order.reject' : 'order.withdraw',
        outcome: 'success',
        actor: by,
        objectType: 'order',
        objectId: order.id,
        detail: { before: order.state, after: end, reason },
      },
    ]);
    await notify(tx, 'see_orders', 0);
  });
}
