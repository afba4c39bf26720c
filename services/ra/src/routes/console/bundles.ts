import { type App, actorOf, Type } from '@see/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asAttachment } from '../../attachment.ts';
import { auditActor } from '../../audit-actor.ts';
import { certificateEvidence } from '../../operations/export/certificate-evidence.ts';
import { exportPerson } from '../../operations/export/person-export.ts';
import { certificateFor } from '../../operations/find-certificate.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Hex32, PersonId } from '../../schemas/fields.ts';
import { personFor } from './person.ts';
import { assertOwnForm } from './session.ts';

const Body = Type.Object({ formToken: Type.String({ maxLength: 100 }) }, { additionalProperties: false });

/** What is held of a person or behind a certificate, as a file. That it was given out is recorded, so forms ask for it. */
export function bundlesRoutes(scope: App, ra: Ra): void {
  scope.post(
    '/console/people/:id/export',
    { config: access('person-export.show'), schema: { params: Type.Object({ id: PersonId }), body: Body } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const { id } = request.params;
      const person = await personFor(ra, request, 'person-export.show', id);
      const bundle = await exportPerson(ra, auditActor(request), person);
      return answer(reply, bundle, `person-${id}.json`, `/console/people/${id}?done=sealing`);
    },
  );
  scope.post(
    '/console/certificates/:id/evidence',
    { config: access('certificate-evidence.show'), schema: { params: Type.Object({ id: Hex32 }), body: Body } },
    async (request: FastifyRequest, reply) => {
      assertOwnForm(ra, request);
      const { id } = request.params as { id: string };
      const certificate = await certificateFor(ra, actorOf(request), 'certificate-evidence.show', id);
      const bundle = await certificateEvidence(ra, auditActor(request), certificate);
      return answer(reply, bundle, `evidence-${id.slice(0, 16)}.json`, `/console/certificates/${id}?done=sealing`);
    },
  );
}

/** The file; or, as long as the log has not signed that it is given out, the page that says so. */
function answer(reply: FastifyReply, bundle: string | undefined, name: string, page: string) {
  if (bundle === undefined) return reply.redirect(page, 303);
  return asAttachment(reply.type('application/json'), name).send(bundle);
}
