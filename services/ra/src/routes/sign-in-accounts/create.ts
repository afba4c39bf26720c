import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { PersonId } from '../../schemas/fields.ts';
import { AccountSubject, SignInAccountSchema, signInAccountView } from '../../schemas/sign-in-account.ts';
import { addAccount } from '../../sign-in/change-account.ts';

export function createSignInAccount(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/people/:id/sign-in-accounts',
    {
      config: access('sign-in-account.create'),
      schema: {
        summary: 'Record that an account at the OpenID provider of this site is a person’s',
        description:
          'Whoever signs in with that account signs in as them. The provider’s page says its name after a refusal.',
        tags: ['sessions'],
        params: Type.Object({ id: PersonId }),
        body: Type.Object({ subject: AccountSubject }, { additionalProperties: false }),
        response: { 201: SignInAccountSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const made = await addAccount(ra, actorOf(request), auditActor(request), id, request.body.subject);
      return reply.code(201).send(signInAccountView(made));
    },
  );
}
