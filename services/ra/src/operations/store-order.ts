import { type AuditEvent, inBatches, notify, onCommit, withTransaction, writeAudit } from '@see/db';
import { insertEvidence, insertOrders, type NewEvidence, type NewOrder } from '@see/db/ra';
import type { Ra } from '../ra.ts';

interface OrderToStore {
  readonly order: NewOrder;
  readonly event: AuditEvent;
  /** The sponsor's word that it gives, with the event of that. */
  readonly word: { readonly item: NewEvidence; readonly event: AuditEvent } | undefined;
}

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
