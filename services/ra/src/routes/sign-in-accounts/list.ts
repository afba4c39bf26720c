import { listSignInIdentities } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { access, seesAllSessions } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { PersonId } from '../../schemas/fields.ts';
import { SignInAccountSchema, signInAccountView } from '../../schemas/sign-in-account.ts';

export function listSignInAccounts(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/people/:id/sign-in-accounts',
    {
      config: access('sign-in-account.list'),
      schema: {
        summary: 'The accounts by which a person signs in: your own, or as an administrator or auditor anybody’s',
        tags: ['sessions'],
        params: Type.Object({ id: PersonId }),
        response: { 200: Type.Object({ items: Type.Array(SignInAccountSchema) }) },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const { id } = request.params;
      if (id !== actor.personId && !seesAllSessions(actor)) {
        throw new Refusal('not-found', 'You see your own accounts here, and this id is not yours.');
      }
      return { items: (await listSignInIdentities(ra.db, id)).map(signInAccountView) };
    },
  );
}
