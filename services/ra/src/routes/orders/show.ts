import { type App, actorOf, Type } from '@see/http';
import { orderFor } from '../../operations/find-order.ts';
import { orderDetail } from '../../operations/order-view.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { OrderDetailSchema } from '../../schemas/order.ts';

export function showOrder(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/orders/:id',
    {
      config: access('order.show'),
      schema: {
        summary: 'One order with its approvals and certificates',
        tags: ['orders'],
        params: Type.Object({ id: Uuid }),
        response: { 200: OrderDetailSchema },
      },
    },
    async (request) => orderDetail(ra, await orderFor(ra, actorOf(request), 'order.show', request.params.id)),
  );
}
