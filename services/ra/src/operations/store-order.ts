import { inBatches, notify, onCommit, withTransaction, writeAudit } from '@see/db';
import { insertEvidence, insertOrders } from '@see/db/ra';
import type { Ra } from '../ra.ts';
import type { OrderToStore } from './order-to-store.ts';

/** Stores a new order with its audit event. Orders that come at the same time share one transaction. */
export const storeOrder = inBatches(async (ra: Ra, all: readonly OrderToStore[]): Promise<readonly undefined[]> => {
  await withTransaction(ra.db, async (tx) => {
    await insertOrders(
      tx,
      all.map(({ order }) => order),
    );
    const words = all.map(({ word }) => word).filter((word) => word !== undefined);
    await insertEvidence(
      tx,
      words.map(({ item }) => item),
    );
    await writeAudit(tx, [...all.map(({ event }) => event), ...words.map(({ event }) => event)]);
    // Only a person's order has somebody waiting for it: the worker, to bind a code.
    if (all.some(({ order }) => order.kind === 'person')) await notify(tx, 'see_orders', 0);
    onCommit(tx, () => {
      for (const { order } of all) ra.log('info', 'order created', { orderId: order.id });
    });
  });
  return all.map(() => undefined);
});
