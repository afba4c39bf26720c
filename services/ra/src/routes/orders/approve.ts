import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { approveOrder as takeApproval } from '../../operations/approve-order.ts';
import { orderFor } from '../../operations/find-order.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { OrderStateSchema } from '../../schemas/order.ts';
import { ApprovalSchema } from '../../schemas/signature.ts';

export function approveOrder(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/orders/:id/approvals',
    {
      config: access('order.approve'),
      schema: {
        summary: 'Approve an order with a signature by an approval key',
        tags: ['orders'],
        params: Type.Object({ id: Uuid }),
        body: ApprovalSchema,
        response: { 201: Type.Object({ approvals: Type.Integer(), state: OrderStateSchema }) },
      },
    },
    async (request, reply) => {
      const order = await orderFor(ra, actorOf(request), 'order.approve', request.params.id);
      return reply.code(201).send(await takeApproval(ra, auditActor(request), order, request.body));
    },
  );
}
