import { listOrders as queryOrders } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { orderView } from '../../operations/order-view.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Next, pageQuery, pageSize } from '../../schemas/fields.ts';
import { OrderSchema, OrderStateSchema } from '../../schemas/order.ts';

export function listOrders(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/orders',
    {
      config: access('order.list'),
      schema: {
        summary: 'Orders; those that wait for a decision oldest first, others newest first',
        tags: ['orders'],
        querystring: Type.Object(
          {
            ...pageQuery,
            state: Type.Optional(OrderStateSchema),
            agency: Type.Optional(AgencyId),
            risk: Type.Optional(
              Type.Enum(['true', 'false'], { description: 'Only orders with a risk, or only those without' }),
            ),
            q: Type.Optional(Type.String({ minLength: 1, maxLength: 254, description: 'Start of the subject' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(OrderSchema), next: Next }) },
      },
    },
    async (request) => {
      const { limit, cursor, state, agency, risk, q } = request.query;
      const agencyId = agencyOf(actorOf(request)) ?? agency;
      const page = await queryOrders(
        ra.db,
        {
          ...(state === undefined ? {} : { state }),
          ...(agencyId === undefined ? {} : { agencyId }),
          ...(risk === undefined ? {} : { risk: risk === 'true' }),
          ...(q === undefined ? {} : { search: q }),
        },
        pageSize(limit),
        readTimeCursor(cursor),
      );
      return {
        items: page.rows.map(orderView),
        next: page.next ? writeCursor([page.next.createdAt.getTime(), page.next.id]) : null,
      };
    },
  );
}
