import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { PasskeyLabel } from '../../schemas/sign-in-passkey.ts';
import { removePasskey, renamePasskey } from '../../sign-in/change-passkey.ts';

const params = Type.Object({ id: Uuid });

/** `POST /sign-in-passkeys/:id/rename` and `/remove`. */
export function changeSignInPasskeyRoutes(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/sign-in-passkeys/:id/rename',
    {
      config: access('sign-in-passkey.rename'),
      schema: {
        summary: 'Give a passkey of your own another name, or as an administrator any',
        tags: ['sessions'],
        params,
        body: Type.Object({ label: PasskeyLabel }, { additionalProperties: false }),
        response: { 200: Type.Object({ id: Uuid, label: PasskeyLabel }) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { label } = request.body;
      await renamePasskey(ra, actorOf(request), auditActor(request), id, label);
      return { id, label: label.trim() };
    },
  );
  scope.post(
    '/api/v1/sign-in-passkeys/:id/remove',
    {
      config: access('sign-in-passkey.remove'),
      schema: {
        summary: 'Remove a passkey of your own, or as an administrator any; the sessions made with it end',
        tags: ['sessions'],
        params,
        body: Type.Object({}, { additionalProperties: false }),
        response: { 200: Type.Object({ id: Uuid, state: Type.Literal('removed') }) },
      },
    },
    async (request) => {
      await removePasskey(ra, actorOf(request), auditActor(request), request.params.id);
      return { id: request.params.id, state: 'removed' as const };
    },
  );
}
