import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { endSession as end } from '../../sign-in/end-sessions.ts';

export function endSession(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/sessions/:id/end',
    {
      config: access('session.end'),
      schema: {
        summary: 'End a session of your own, or as an administrator any',
        tags: ['sessions'],
        params: Type.Object({ id: Uuid }),
        body: Type.Object({}, { additionalProperties: false }),
        response: { 200: Type.Object({ id: Uuid, state: Type.Literal('ended') }) },
      },
    },
    async (request) => {
      await end(ra, actorOf(request), auditActor(request), request.params.id);
      return { id: request.params.id, state: 'ended' as const };
    },
  );
}
