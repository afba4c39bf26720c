import { findPerson, readMailbox } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { PersonId } from '../../schemas/fields.ts';
import { PersonDetailSchema, personDetail } from '../../schemas/person.ts';

export function showPerson(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/people/:id',
    {
      config: access('person.show'),
      schema: {
        summary: 'One person',
        tags: ['people'],
        params: Type.Object({ id: PersonId }),
        response: { 200: PersonDetailSchema },
      },
    },
    async (request) => {
      const person = await findPerson(ra.db, request.params.id);
      if (!person) throw new Refusal('not-found', 'There is no person with this id.');
      authorise(actorOf(request), 'person.show', person.agencyId);
      return personDetail(person, await readMailbox(ra.db, person.id), ra.now());
    },
  );
}
