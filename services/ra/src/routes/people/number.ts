import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { setNumber } from '../../operations/set-number.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { ExternalId, PersonId } from '../../schemas/fields.ts';
import { PersonSchema, personView } from '../../schemas/person.ts';

/** Sets or removes the agency's own number of a person. */
export function setPersonNumber(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/people/:id/external-id',
    {
      config: access('person.set-number'),
      schema: {
        summary: 'Set or remove the agency’s own number of a person',
        description:
          'Feeds of HR systems name people by it. It is unique among those who are with the agency, and in no certificate.',
        tags: ['people'],
        params: Type.Object({ id: PersonId }),
        body: Type.Object({ externalId: Type.Union([ExternalId, Type.Null()]) }, { additionalProperties: false }),
        response: { 200: PersonSchema },
      },
    },
    async (request) => {
      const { externalId } = request.body;
      const person = await setNumber(ra, auditActor(request), request.params.id, externalId, ({ agencyId }) =>
        authorise(actorOf(request), 'person.set-number', agencyId),
      );
      return personView(person, ra.now());
    },
  );
}
