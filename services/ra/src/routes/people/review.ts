import { findPerson } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { confirmPerson } from '../../operations/records/review-person.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { PersonId, Time } from '../../schemas/fields.ts';

/** `POST /people/:id/review`: somebody looked at the record of a person and it is right. */
export function reviewPersonRoute(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/people/:id/review',
    {
      config: access('person.review'),
      schema: {
        summary: 'Confirm that the record of a person is right, for a year',
        description: 'A record past its review date blocks orders (GOV-20).',
        tags: ['people'],
        params: Type.Object({ id: PersonId }),
        response: { 200: Type.Object({ id: PersonId, nextReviewAt: Time }) },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const person = await findPerson(ra.db, request.params.id);
      if (!person) throw new Refusal('not-found', 'There is no person with this id.');
      authorise(actor, 'person.review', person.agencyId);
      const nextReviewAt = await confirmPerson(ra, actor, auditActor(request), person);
      return { id: person.id, nextReviewAt: nextReviewAt.toISOString() };
    },
  );
}
