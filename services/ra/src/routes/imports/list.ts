import { listImports as queryImports } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Next, pageQuery, pageSize } from '../../schemas/fields.ts';
import { ImportSchema, importView } from '../../schemas/import.ts';

export function listImports(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/imports',
    {
      config: access('import.list'),
      schema: {
        summary: 'Imports of people, newest first',
        tags: ['imports'],
        querystring: Type.Object({ ...pageQuery, agency: Type.Optional(AgencyId) }, { additionalProperties: false }),
        response: { 200: Type.Object({ items: Type.Array(ImportSchema), next: Next }) },
      },
    },
    async (request) => {
      const { limit, cursor, agency } = request.query;
      const agencyId = agencyOf(actorOf(request)) ?? agency;
      const filter = agencyId === undefined ? {} : { agencyId };
      const page = await queryImports(ra.db, filter, pageSize(limit), readTimeCursor(cursor));
      return {
        items: page.rows.map(importView),
        next: page.next ? writeCursor([page.next.createdAt.getTime(), page.next.id]) : null,
      };
    },
  );
}
