import { type Tx, withTransaction, writeAudit } from '@see/db';
import { changePerson, findPerson, lockPerson } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
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
      const find = async (tx: Tx) => {
        const person = await findPerson(tx, request.params.id);
        if (!person) throw new Refusal('not-found', 'There is no person with this id.');
        authorise(actorOf(request), 'person.set-number', person.agencyId);
        return person;
      };
      const { externalId } = request.body;
      return withTransaction(ra.db, async (tx) => {
        await lockPerson(tx, request.params.id);
        const before = await find(tx);
        await changePerson(tx, before.id, { externalId });
        await writeAudit(tx, [
          {
            kind: 'person.number',
            outcome: 'success',
            actor: auditActor(request),
            objectType: 'person',
            objectId: before.id,
            detail: { agencyId: before.agencyId, before: before.externalId, after: externalId },
          },
        ]);
        return personView(await find(tx), ra.now());
      });
    },
  );
}
