import { listLifeEvents as queryLifeEvents } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { readNumberCursor, writeCursor } from '../../cursor.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Next, PersonId, pageQuery, pageSize } from '../../schemas/fields.ts';
import { LifeEventSchema, lifeEventView } from '../../schemas/life-event.ts';

export function listLifeEvents(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/life-events',
    {
      config: access('life-event.list'),
      schema: {
        summary: 'What was declared of people, the newest first',
        tags: ['people'],
        querystring: Type.Object(
          {
            ...pageQuery,
            agency: Type.Optional(AgencyId),
            person: Type.Optional(PersonId),
            state: Type.Optional(Type.Union([Type.Literal('planned'), Type.Literal('ended')])),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(LifeEventSchema), next: Next }) },
      },
    },
    async (request) => {
      const { limit, cursor, agency, person, state } = request.query;
      const agencyId = agencyOf(actorOf(request)) ?? agency;
      const page = await queryLifeEvents(
        ra.db,
        {
          ...(agencyId === undefined ? {} : { agencyId }),
          ...(person === undefined ? {} : { personId: person }),
          ...(state === undefined ? {} : { planned: state === 'planned' }),
        },
        pageSize(limit),
        readNumberCursor(cursor),
      );
      return {
        items: page.rows.map(lifeEventView),
        next: page.next === undefined ? null : writeCursor([page.next]),
      };
    },
  );
}
