import { findOrder, type OrderRow } from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import { authorise, type Operation } from '../permissions.ts';
import type { Ra } from '../ra.ts';

/** The order with this id, when the actor may do this to it. For others it does not exist. */
export async function orderFor(ra: Ra, actor: Actor, operation: Operation, id: string): Promise<OrderRow> {
  const order = await findOrder(ra.db, id);
  if (!order) throw new Refusal('not-found', 'There is no order with this id.');
  authorise(actor, operation, order.agencyId);
  return order;
}
