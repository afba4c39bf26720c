import { findOrderContent } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { orderFor } from '../../operations/find-order.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';

/** The very bytes that approvers read, hash and sign. */
export function showOrderContent(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/orders/:id/content',
    {
      config: access('order.content'),
      schema: {
        summary: 'The canonical bytes that approvers sign',
        description: 'Approvals are signatures over SHA-384("see-pki/order/v1" || 0x00 || these bytes).',
        tags: ['orders'],
        params: Type.Object({ id: Uuid }),
        response: {
          200: {
            description: 'Canonical JSON (RFC 8785)',
            content: { 'application/json': { schema: Type.Unknown() } },
          },
        },
      },
    },
    async (request, reply) => {
      const order = await orderFor(ra, actorOf(request), 'order.content', request.params.id);
      const content = await findOrderContent(ra.db, order.id);
      if (!content)
        throw new Refusal('wrong-state', 'The order has no content yet: its code is being bound. Try again.');
      return reply.type('application/json').serializer(String).send(Buffer.from(content.bytes).toString('utf8'));
    },
  );
}
