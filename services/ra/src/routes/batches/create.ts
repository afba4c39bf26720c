import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { type BatchWish, createBatch as makeBatch } from '../../operations/create-batch.ts';
import { batchFor } from '../../operations/find-batch.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { BatchSchema, batchView } from '../../schemas/batch.ts';
import { AgencyId, Uuid } from '../../schemas/fields.ts';

export function createBatch(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/batches',
    {
      config: access('batch.create'),
      bodyLimit: 400_000,
      schema: {
        summary: 'Put orders of an agency together, to be approved by one signature',
        description:
          'Orders that wait for one approval: those of an import, those named, or all of the agency; at most 5,000, the oldest first. ' +
          'Orders that need two approvals are never in a batch. Nothing is decided by it.',
        tags: ['batches'],
        body: Type.Object(
          {
            agencyId: AgencyId,
            importId: Type.Optional(Uuid),
            orderIds: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 5_000 })),
          },
          { additionalProperties: false, title: 'BatchWish' },
        ),
        response: { 201: BatchSchema },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      authorise(actor, 'batch.create', request.body.agencyId);
      if (request.body.importId !== undefined && request.body.orderIds !== undefined)
        throw new Refusal('invalid-request', 'Name an import or orders, not both.');
      const id = await makeBatch(ra, auditActor(request), request.body as BatchWish);
      const batch = await batchFor(ra, actor, 'batch.create', id);
      return reply.code(201).header('location', `/api/v1/batches/${id}`).send(batchView(batch));
    },
  );
}
