import { listPeople as queryPeople } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { reviewedBetween } from '@see/policy';
import { readNameCursor, writeCursor } from '../../cursor.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Next, pageQuery, pageSize } from '../../schemas/fields.ts';
import { PersonSchema, personView, StandingSchema } from '../../schemas/person.ts';

export function listPeople(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/people',
    {
      config: access('person.list'),
      schema: {
        summary: 'People of the registry by name',
        tags: ['people'],
        querystring: Type.Object(
          {
            ...pageQuery,
            agency: Type.Optional(AgencyId),
            standing: Type.Optional(StandingSchema),
            q: Type.Optional(
              Type.String({ minLength: 1, maxLength: 254, description: 'Start of the name, or a mail address' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(PersonSchema), next: Next }) },
      },
    },
    async (request) => {
      const { limit, cursor, agency, q, standing } = request.query;
      const now = ra.now();
      const { after, until } = standing === undefined ? {} : reviewedBetween(standing, now);
      const agencyId = agencyOf(actorOf(request)) ?? agency;
      const page = await queryPeople(
        ra.db,
        {
          ...(agencyId === undefined ? {} : { agencyId }),
          ...(q === undefined ? {} : { search: q }),
          ...(after ? { reviewAfter: after } : {}),
          ...(until ? { reviewUntil: until } : {}),
        },
        pageSize(limit),
        readNameCursor(cursor),
      );
      return {
        items: page.rows.map((person) => personView(person, now)),
        next: page.next ? writeCursor([page.next.name, page.next.id]) : null,
      };
    },
  );
}
