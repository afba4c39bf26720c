import { findOrder } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { createOrder as makeOrder, type OrderWish } from '../../operations/create-order.ts';
import { orderDetail } from '../../operations/order-view.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Hex32, PersonId } from '../../schemas/fields.ts';
import { OrderDetailSchema } from '../../schemas/order.ts';

const ItemSchema = Type.Object(
  {
    profile: Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$' }),
    csr: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 90_000,
        description: 'PEM, or base64 of DER; absent in a person’s order',
      }),
    ),
    domains: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 253 }), {
        maxItems: 100,
        description: 'Mail domains (gateways) or host names (servers); all of the agency’s mail domains when absent',
      }),
    ),
  },
  { additionalProperties: false, title: 'OrderItem' },
);

const Body = Type.Object(
  {
    agencyId: AgencyId,
    applicantId: PersonId,
    sponsorId: PersonId,
    agentId: Type.Optional(PersonId),
    type: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$' })),
    organizationName: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    items: Type.Array(ItemSchema, { minItems: 1, maxItems: 3 }),
    evidence: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9-]{0,40}$' }), Type.String({ maxLength: 400 }), {
        maxProperties: 20,
        additionalProperties: false,
        description: 'Evidence seen, by kind: its digest is part of what is approved',
      }),
    ),
    replaces: Type.Optional(Type.Array(Hex32, { maxItems: 3 })),
    validityDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 825 })),
  },
  { additionalProperties: false, title: 'OrderWish' },
);

export function createOrder(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/orders',
    {
      config: access('order.create'),
      bodyLimit: 400_000,
      schema: {
        summary: 'Order certificates',
        description:
          'With a CSR an item (gateways, servers, operators), or for a person, who brings the keys with a one-time code. ' +
          'Names come from the registry. The same Idempotency-Key with the same order gives the same order again.',
        tags: ['orders'],
        headers: Type.Object({ 'idempotency-key': Type.Optional(Type.String({ pattern: '^[!-~]{8,200}$' })) }),
        body: Body,
        response: { 200: OrderDetailSchema, 201: OrderDetailSchema },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      authorise(actor, 'order.create', request.body.agencyId);
      const key = request.headers['idempotency-key'];
      const { id, created } = await makeOrder(ra, actor, auditActor(request), request.body as OrderWish, key);
      const order = await findOrder(ra.db, id);
      if (!order) throw new Refusal('not-found', 'The order was made and is gone.');
      const location = `/api/v1/orders/${id}`;
      return reply
        .code(created ? 201 : 200)
        .header('location', location)
        .send(await orderDetail(ra, order));
    },
  );
}
