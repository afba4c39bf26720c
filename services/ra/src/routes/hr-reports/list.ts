import { listHrReports as queryReports } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { readNumberCursor, writeCursor } from '../../cursor.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Next, pageQuery, pageSize, Uuid } from '../../schemas/fields.ts';
import { HrReportSchema, hrReportView } from '../../schemas/hr-feed.ts';

export function listHrReports(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/hr-reports',
    {
      config: access('hr-report.list'),
      schema: {
        summary: 'What feeds told of people, the newest first',
        tags: ['hr-feeds'],
        querystring: Type.Object(
          {
            ...pageQuery,
            agency: Type.Optional(AgencyId),
            feed: Type.Optional(Uuid),
            waiting: Type.Optional(
              Type.Enum(['true', 'false'], { description: 'Only what waits for a person, or nothing of it' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(HrReportSchema), next: Next }) },
      },
    },
    async (request) => {
      const { limit, cursor, agency, feed, waiting } = request.query;
      const agencyId = agencyOf(actorOf(request)) ?? agency;
      const page = await queryReports(
        ra.db,
        {
          ...(agencyId === undefined ? {} : { agencyId }),
          ...(feed === undefined ? {} : { feedId: feed }),
          ...(waiting === undefined ? {} : { waiting: waiting === 'true' }),
        },
        pageSize(limit),
        readNumberCursor(cursor),
      );
      return {
        items: page.rows.map(hrReportView),
        next: page.next === undefined ? null : writeCursor([page.next]),
      };
    },
  );
}
