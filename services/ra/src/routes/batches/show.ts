import { type App, actorOf, Type } from '@see/http';
import { batchFor } from '../../operations/find-batch.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { BatchSchema, batchView } from '../../schemas/batch.ts';
import { Uuid } from '../../schemas/fields.ts';

export function showBatch(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/batches/:id',
    {
      config: access('batch.show'),
      schema: {
        summary: 'One batch, with its orders counted by state',
        tags: ['batches'],
        params: Type.Object({ id: Uuid }),
        response: { 200: BatchSchema },
      },
    },
    async (request) => batchView(await batchFor(ra, actorOf(request), 'batch.show', request.params.id)),
  );
}
