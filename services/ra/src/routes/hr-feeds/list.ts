import { listHrFeeds as queryFeeds } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Next, pageQuery, pageSize } from '../../schemas/fields.ts';
import { HrFeedSchema, hrFeedView } from '../../schemas/hr-feed.ts';

export function listHrFeeds(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/hr-feeds',
    {
      config: access('hr-feed.list'),
      schema: {
        summary: 'Feeds of HR systems, the newest first',
        tags: ['hr-feeds'],
        querystring: Type.Object({ ...pageQuery, agency: Type.Optional(AgencyId) }, { additionalProperties: false }),
        response: { 200: Type.Object({ items: Type.Array(HrFeedSchema), next: Next }) },
      },
    },
    async (request) => {
      const { limit, cursor, agency } = request.query;
      const agencyId = agencyOf(actorOf(request)) ?? agency;
      const filter = agencyId === undefined ? {} : { agencyId };
      const page = await queryFeeds(ra.db, filter, pageSize(limit), readTimeCursor(cursor));
      const now = ra.now();
      return {
        items: page.rows.map((feed) => hrFeedView(feed, now)),
        next: page.next ? writeCursor([page.next.createdAt.getTime(), page.next.id]) : null,
      };
    },
  );
}
