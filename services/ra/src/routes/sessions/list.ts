import { listSessions as readSessions } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { access, seesAllSessions } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Next, pageQuery, pageSize } from '../../schemas/fields.ts';
import { SessionSchema, sessionView } from '../../schemas/session.ts';
import { sessionTimes } from '../../sign-in/session-times.ts';

export function listSessions(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/sessions',
    {
      config: access('session.list'),
      schema: {
        summary: 'Who is signed in to the console: administrators and auditors see all, others their own',
        tags: ['sessions'],
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: Type.Object({ items: Type.Array(SessionSchema), next: Next }) },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const { limit, cursor } = request.query;
      const whose = seesAllSessions(actor) ? undefined : actor.personId;
      const page = await readSessions(ra.db, sessionTimes(ra), whose, pageSize(limit), readTimeCursor(cursor));
      return {
        items: page.rows.map(sessionView),
        next: page.next === undefined ? null : writeCursor([page.next.createdAt.getTime(), page.next.id]),
      };
    },
  );
}
