import { findOrder } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { orderFor } from '../../operations/find-order.ts';
import { orderDetail } from '../../operations/order-view.ts';
import { agreeToRenewal } from '../../operations/renewal/agree.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { OrderDetailSchema } from '../../schemas/order.ts';

const Body = Type.Object(
  {
    note: Type.Optional(
      Type.String({ minLength: 1, maxLength: 400, description: 'How an operator has the sponsor’s word' }),
    ),
  },
  { additionalProperties: false },
);

/** `POST /orders/:id/agree`: the sponsor of a renewal agrees to it. */
export function agreeToOrder(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/orders/:id/agree',
    {
      config: access('order.agree'),
      schema: {
        summary: 'Agree, as its sponsor, to a renewal that a holder asked for',
        description: 'A gateway’s renewal is approved by nobody before (section 8.4).',
        tags: ['orders'],
        params: Type.Object({ id: Uuid }),
        body: Body,
        response: { 200: OrderDetailSchema },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const order = await orderFor(ra, actor, 'order.agree', request.params.id);
      await agreeToRenewal(ra, actor, auditActor(request), order, request.body.note);
      const now = await findOrder(ra.db, order.id);
      if (!now) throw new Refusal('not-found', 'The order is gone.');
      return orderDetail(ra, now);
    },
  );
}
