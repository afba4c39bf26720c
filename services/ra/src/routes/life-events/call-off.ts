import { findLifeEvent } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { callOff } from '../../operations/life-event/declare.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { LifeEventSchema, lifeEventView } from '../../schemas/life-event.ts';

export function callOffLifeEvent(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/life-events/:id/call-off',
    {
      config: access('life-event.call-off'),
      schema: {
        summary: 'Call off what was declared and has not taken effect',
        tags: ['people'],
        params: Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
        body: Type.Object({ reason: Type.String({ minLength: 3, maxLength: 500 }) }, { additionalProperties: false }),
        response: { 200: LifeEventSchema },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const find = async () => {
        const event = await findLifeEvent(ra.db, Number(request.params.id));
        if (!event) throw new Refusal('not-found', 'Nothing was declared under this number.');
        authorise(actor, 'life-event.call-off', event.agencyId);
        return event;
      };
      await callOff(ra, actor, auditActor(request), await find(), request.body.reason);
      return lifeEventView(await find());
    },
  );
}
