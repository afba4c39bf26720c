import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { PersonId, Time } from '../../schemas/fields.ts';
import { makePasskeyLink } from '../../sign-in/register-passkey.ts';

export function createSignInLink(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/people/:id/sign-in-links',
    {
      config: access('sign-in-link.create'),
      schema: {
        summary: 'Make a link by which a person registers one passkey for signing in, within 24 hours',
        description: 'The link is shown here once. Whoever has it registers a passkey in the name of that person.',
        tags: ['sessions'],
        params: Type.Object({ id: PersonId }),
        body: Type.Object({}, { additionalProperties: false }),
        response: { 201: Type.Object({ url: Type.String(), displayName: Type.String(), expiresAt: Time }) },
      },
    },
    async (request, reply) => {
      const { url, displayName, expiresAt } = await makePasskeyLink(
        ra,
        actorOf(request),
        auditActor(request),
        request.params.id,
      );
      return reply.code(201).send({ url, displayName, expiresAt: expiresAt.toISOString() });
    },
  );
}
