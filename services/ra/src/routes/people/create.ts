import { findPerson } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { createPerson as enterPerson } from '../../operations/create-person.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, ExternalId } from '../../schemas/fields.ts';
import { PersonSchema, personView } from '../../schemas/person.ts';

const name = Type.String({ minLength: 1, maxLength: 64 });

const Body = Type.Object(
  {
    agencyId: AgencyId,
    givenName: Type.Optional(name),
    surname: name,
    displayName: Type.Optional(name),
    email: Type.String({ minLength: 3, maxLength: 254 }),
    externalId: Type.Optional(ExternalId),
  },
  { additionalProperties: false },
);

export function createPerson(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/people',
    {
      config: access('person.create'),
      schema: {
        summary: 'Enter a person into the registry',
        tags: ['people'],
        body: Body,
        response: { 201: PersonSchema },
      },
    },
    async (request, reply) => {
      authorise(actorOf(request), 'person.create', request.body.agencyId);
      const id = await enterPerson(ra, auditActor(request), request.body);
      const person = await findPerson(ra.db, id);
      if (!person) throw new Refusal('not-found', 'The person was entered and is gone.');
      return reply.code(201).header('location', `/api/v1/people/${id}`).send(personView(person, ra.now()));
    },
  );
}
