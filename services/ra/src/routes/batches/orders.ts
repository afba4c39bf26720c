import { readBatchOrders } from '@see/db/ra';
import { type App, actorOf, Type, type Violation, ViolationSchema } from '@see/http';
import { batchFor } from '../../operations/find-batch.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { OrderStateSchema } from '../../schemas/order.ts';

/** Orders in one answer. */
const PAGE = 500;

export function listBatchOrders(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/batches/:id/orders',
    {
      config: access('batch.orders'),
      schema: {
        summary: `The orders of a batch in the order of its leaves, ${PAGE} at a time`,
        tags: ['batches'],
        params: Type.Object({ id: Uuid }),
        querystring: Type.Object(
          {
            from: Type.Optional(Type.String({ pattern: '^[0-9]{1,4}$', description: 'The first leaf; 0 when absent' })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                leaf: Type.Integer(),
                orderId: Uuid,
                state: OrderStateSchema,
                content: Type.String({ description: 'The canonical bytes of the order, base64url' }),
                warnings: Type.Array(ViolationSchema),
              }),
            ),
            next: Type.Union([Type.Integer(), Type.Null()], { description: 'The leaf to go on from; null at the end' }),
          }),
        },
      },
    },
    async (request) => {
      const batch = await batchFor(ra, actorOf(request), 'batch.orders', request.params.id);
      const from = Number(request.query.from ?? 0);
      const orders = await readBatchOrders(ra.db, batch.id, from, PAGE);
      return {
        items: orders.map((order) => ({
          leaf: order.leaf,
          orderId: order.id,
          state: order.state,
          content: Buffer.from(order.content).toString('base64url'),
          warnings: (order.warnings ?? []) as Violation[],
        })),
        next: from + orders.length < batch.count && orders.length > 0 ? from + orders.length : null,
      };
    },
  );
}
