import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { removeAccount } from '../../sign-in/change-account.ts';

export function removeSignInAccount(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/sign-in-accounts/:id/remove',
    {
      config: access('sign-in-account.remove'),
      schema: {
        summary: 'Remove an account of your own, or as an administrator any; the sessions made with it end',
        tags: ['sessions'],
        params: Type.Object({ id: Uuid }),
        body: Type.Object({}, { additionalProperties: false }),
        response: { 200: Type.Object({ id: Uuid, state: Type.Literal('removed') }) },
      },
    },
    async (request) => {
      await removeAccount(ra, actorOf(request), auditActor(request), request.params.id);
      return { id: request.params.id, state: 'removed' as const };
    },
  );
}
