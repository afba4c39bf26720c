import { type Database, notify, withTransaction, writeAudit } from '@see/db';
import { lapseOrders } from '@see/db/worker';

const BATCH = 200;

/** Ends the orders whose time is over, each with its audit event. */
export async function lapseOverdueOrders(db: Database, closing: AbortSignal): Promise<void> {
  while (!closing.aborted) {
    const lapsed = await withTransaction(db, async (tx) => {
      const orders = await lapseOrders(tx, BATCH);
      await writeAudit(
        tx,
        orders.map(({ id, before, reason }) => ({
          kind: 'lapse.order',
          outcome: 'success',
          actor: { process: 'worker' },
          objectType: 'order',
          objectId: id,
          detail: { before, after: 'lapsed', reason },
        })),
      );
      if (orders.length > 0) await notify(tx, 'see_orders', 0);
      return orders.length;
    });
    if (lapsed < BATCH) return;
  }
}
