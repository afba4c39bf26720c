import { listBatches as queryBatches } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { BatchSchema, batchView } from '../../schemas/batch.ts';
import { AgencyId, Next, pageQuery, pageSize } from '../../schemas/fields.ts';

export function listBatches(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/batches',
    {
      config: access('batch.list'),
      schema: {
        summary: 'Batches of orders, newest first',
        tags: ['batches'],
        querystring: Type.Object({ ...pageQuery, agency: Type.Optional(AgencyId) }, { additionalProperties: false }),
        response: { 200: Type.Object({ items: Type.Array(BatchSchema), next: Next }) },
      },
    },
    async (request) => {
      const { limit, cursor, agency } = request.query;
      const agencyId = agencyOf(actorOf(request)) ?? agency;
      const filter = agencyId === undefined ? {} : { agencyId };
      const page = await queryBatches(ra.db, filter, pageSize(limit), readTimeCursor(cursor));
      return {
        items: page.rows.map(batchView),
        next: page.next ? writeCursor([page.next.createdAt.getTime(), page.next.id]) : null,
      };
    },
  );
}
