import { listSignInIdentities } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { PersonId, Uuid } from '../../schemas/fields.ts';
import { addAccount, removeAccount } from '../../sign-in/change-account.ts';
import { actOnPerson } from './person.ts';

const formToken = Type.String({ maxLength: 100 });

/** The accounts by which a person signs in: what administrators do to them. */
export function personAccountRoutes(scope: App, ra: Ra): void {
  scope.post(
    '/console/people/:id/accounts',
    {
      config: access('sign-in-account.create'),
      schema: {
        params: Type.Object({ id: PersonId }),
        body: Type.Object({ formToken, subject: Type.String({ maxLength: 255 }) }, { additionalProperties: false }),
      },
    },
    (request, reply) =>
      actOnPerson(ra, request, 'sign-in-account.create', request.params.id, async ({ id }) => {
        const subject = request.body.subject.trim();
        if (subject === '') throw new Refusal('invalid-request', 'Say what the provider calls the account.');
        await addAccount(ra, actorOf(request), auditActor(request), id, subject);
        return reply.redirect(`/console/people/${id}?done=account-added`, 303);
      }),
  );
  scope.post(
    '/console/people/:id/accounts/:account/remove',
    {
      config: access('sign-in-account.create'),
      schema: {
        params: Type.Object({ id: PersonId, account: Uuid }),
        body: Type.Object({ formToken }, { additionalProperties: false }),
      },
    },
    (request, reply) =>
      actOnPerson(ra, request, 'sign-in-account.create', request.params.id, async ({ id }) => {
        const { account } = request.params;
        if (!(await listSignInIdentities(ra.db, id)).some((one) => one.id === account))
          throw new Refusal('not-found', 'This person has no account with this id.');
        await removeAccount(ra, actorOf(request), auditActor(request), account);
        return reply.redirect(`/console/people/${id}?done=account-removed`, 303);
      }),
  );
}
