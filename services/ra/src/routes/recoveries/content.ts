import { type App, actorOf, Type } from '@see/http';
import { recoveryFor } from '../../operations/recovery/find-recovery.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';

/** The very bytes that agents read, hash and sign. */
export function showRecoveryContent(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/recoveries/:id/content',
    {
      config: access('recovery.content'),
      schema: {
        summary: 'The canonical bytes that recovery agents sign',
        description: 'Approvals are signatures over SHA-384("see-pki/key-recovery/v1" || 0x00 || these bytes).',
        tags: ['recoveries'],
        params: Type.Object({ id: Uuid }),
        response: {
          200: {
            description: 'Canonical JSON (RFC 8785)',
            content: { 'application/json': { schema: Type.Unknown() } },
          },
        },
      },
    },
    async (request, reply) => {
      const recovery = await recoveryFor(ra, actorOf(request), 'recovery.content', request.params.id);
      return reply.type('application/json').serializer(String).send(Buffer.from(recovery.content).toString('utf8'));
    },
  );
}
