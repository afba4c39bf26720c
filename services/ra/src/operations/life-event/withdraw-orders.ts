import { type AuditActor, notify, type Tx, writeAudit } from '@see/db';
import { moveOrders } from '@see/db/ra';

/** Withdraws those of the orders that still can be, each with its audit event; returns their ids. */
export async function withdrawOrders(
  tx: Tx,
  by: AuditActor,
  ids: readonly string[],
  reason: string,
): Promise<readonly string[]> {
  const moved = [...(await moveOrders(tx, ids, 'withdraw', reason))];
  if (moved.length === 0) return moved;
  await writeAudit(
    tx,
    moved.map((objectId) => ({
      kind: 'order.withdraw',
      outcome: 'success',
      actor: by,
      objectType: 'order',
      objectId,
      detail: { after: 'withdrawn', reason },
    })),
  );
  await notify(tx, 'see_orders', 0);
  return moved;
}
