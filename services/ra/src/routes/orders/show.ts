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
        description:
          'Prefer: wait=SECONDS (RFC 7240 4.3, at most 30) answers once the order no longer waits for us (preparing, approved, issuing).',
        tags: ['orders'],
        headers: Type.Object({ prefer: Type.Optional(Type.String({ pattern: '^wait=[0-9]{1,2}$' })) }),
        params: Type.Object({ id: Uuid }),
        response: { 200: OrderDetailSchema },
      },
    },
    async (request) => {
      const find = () => orderFor(ra, actorOf(request), 'order.show', request.params.id);
      const order = await find();
      const seconds = Math.min(Number(request.headers.prefer?.slice('wait='.length) ?? 0), MOST_SECONDS);
      if (seconds === 0) return orderDetail(ra, order);
      await ra.orderWatch.wait(order.id, seconds * 1000);
      return orderDetail(ra, await find());
    },
  );
}

const MOST_SECONDS = 30;
