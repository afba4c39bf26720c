import { findPerson } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import type { FastifyReply } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { certificateEvidence } from '../../operations/export/certificate-evidence.ts';
import { exportPerson } from '../../operations/export/person-export.ts';
import { CERTIFICATE_REFERENCE, certificateFor } from '../../operations/find-certificate.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { PersonId } from '../../schemas/fields.ts';

const RESPONSES = {
  200: { description: 'The bundle', content: { 'application/json': { schema: Type.Unknown() } } },
  202: Type.Object({ state: Type.Literal('sealing') }),
};
const DESCRIPTION =
  'A bundle that proves itself offline: see audit verify-bundle. 202 means that the log has not signed it yet: ask again in two seconds. That it was given out is in the log.';

/** `GET /certificates/:id/evidence` and `/people/:id/export`: what is held of one thing, as a bundle that the log vouches for. */
export function bundleRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/certificates/:id/evidence',
    {
      config: access('certificate-evidence.show'),
      schema: {
        summary: 'The evidence behind one certificate, for an auditor',
        description: DESCRIPTION,
        tags: ['records'],
        params: Type.Object({ id: Type.String({ pattern: CERTIFICATE_REFERENCE }) }),
        response: RESPONSES,
      },
    },
    async (request, reply) => {
      const found = await certificateFor(ra, actorOf(request), 'certificate-evidence.show', request.params.id);
      return answer(reply, await certificateEvidence(ra, auditActor(request), found));
    },
  );
  scope.get(
    '/api/v1/people/:id/export',
    {
      config: access('person-export.show'),
      schema: {
        summary: 'Everything that is held about one person, for their request of access',
        description: DESCRIPTION,
        tags: ['records'],
        params: Type.Object({ id: PersonId }),
        response: RESPONSES,
      },
    },
    async (request, reply) => {
      const person = await findPerson(ra.db, request.params.id);
      if (!person) throw new Refusal('not-found', 'There is no person with this id.');
      authorise(actorOf(request), 'person-export.show', person.agencyId);
      return answer(reply, await exportPerson(ra, auditActor(request), person));
    },
  );
}

function answer(reply: FastifyReply, bundle: string | undefined) {
  if (bundle === undefined)
    return reply
      .code(202)
      .header('retry-after', '2')
      .send({ state: 'sealing' as const });
  return reply.type('application/json').send(bundle);
}
