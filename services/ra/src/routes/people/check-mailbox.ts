import { findPerson } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { askForCheck } from '../../operations/mailbox-check.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { PersonId, Time } from '../../schemas/fields.ts';

export function checkMailbox(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/people/:id/mailbox-checks',
    {
      config: access('person.check-mailbox'),
      schema: {
        summary: 'Ask by mail whether a person’s mailbox is theirs',
        description: 'They get a link that confirms it once, within 24 hours, by the press of a button.',
        tags: ['people'],
        params: Type.Object({ id: PersonId }),
        body: Type.Object({}, { additionalProperties: false }),
        response: { 202: Type.Object({ address: Type.String(), expiresAt: Time }, { title: 'MailboxCheck' }) },
      },
    },
    async (request, reply) => {
      const person = await findPerson(ra.db, request.params.id);
      if (!person) throw new Refusal('not-found', 'There is no person with this id.');
      const actor = actorOf(request);
      authorise(actor, 'person.check-mailbox', person.agencyId);
      const expiresAt = await askForCheck(ra, actor, auditActor(request), person);
      return reply.code(202).send({ address: person.email ?? '', expiresAt: expiresAt.toISOString() });
    },
  );
}
