import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { endOrder } from '../../operations/end-order.ts';
import { orderFor } from '../../operations/find-order.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { OrderStateSchema } from '../../schemas/order.ts';

const Body = Type.Object(
  { reason: Type.String({ minLength: 3, maxLength: 500, description: 'Read by those who ordered' }) },
  { additionalProperties: false },
);

const ENDS = [
  ['reject', 'order.reject', 'Reject an order, with the reason'],
  ['withdraw', 'order.withdraw', 'Withdraw an order that is no longer wanted'],
] as const;

/** `POST /orders/:id/reject` and `/withdraw`: the two ways in which people end an order. */
export function endOrderRoutes(scope: App, ra: Ra): void {
  for (const [verb, operation, summary] of ENDS) {
    scope.post(
      `/api/v1/orders/:id/${verb}`,
      {
        config: access(operation),
        schema: {
          summary,
          tags: ['orders'],
          params: Type.Object({ id: Uuid }),
          body: Body,
          response: { 200: Type.Object({ id: Uuid, state: OrderStateSchema }) },
        },
      },
      async (request) => {
        const { id } = request.params as { id: string };
        const order = await orderFor(ra, actorOf(request), operation, id);
        const { reason } = request.body as { reason: string };
        return { id: order.id, state: await endOrder(ra, auditActor(request), order, verb, reason) };
      },
    );
  }
}
