import { listSignInPasskeys as readPasskeys } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { access, seesAllSessions } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { PersonId } from '../../schemas/fields.ts';
import { SignInPasskeySchema, signInPasskeyView } from '../../schemas/sign-in-passkey.ts';

export function listSignInPasskeys(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/people/:id/sign-in-passkeys',
    {
      config: access('sign-in-passkey.list'),
      schema: {
        summary: 'The passkeys by which a person signs in: your own, or as an administrator or auditor anybody’s',
        tags: ['sessions'],
        params: Type.Object({ id: PersonId }),
        response: { 200: Type.Object({ items: Type.Array(SignInPasskeySchema) }) },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const { id } = request.params;
      if (id !== actor.personId && !seesAllSessions(actor)) {
        throw new Refusal('not-found', 'You see your own passkeys here, and this id is not yours.');
      }
      return { items: (await readPasskeys(ra.db, id)).map(signInPasskeyView) };
    },
  );
}
