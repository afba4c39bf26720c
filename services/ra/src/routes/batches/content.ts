import { type App, actorOf, Type } from '@see/http';
import { batchFor } from '../../operations/find-batch.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';

/** The very bytes that an operator signs for all orders of a batch. */
export function showBatchContent(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/batches/:id/content',
    {
      config: access('batch.content'),
      schema: {
        summary: 'The canonical bytes that approvers of a batch sign',
        description:
          'Approvals are signatures over SHA-384("see-pki/order-batch/v1" || 0x00 || these bytes). `root` is the RFC 6962 root ' +
          'over the digests of all orders of the batch: check it and `count` against the orders before signing.',
        tags: ['batches'],
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
      const { content } = await batchFor(ra, actorOf(request), 'batch.content', request.params.id);
      return reply.type('application/json').serializer(String).send(Buffer.from(content).toString('utf8'));
    },
  );
}
