import { type App, actorOf, Refusal, Type } from '@see/http';
import { decodeBase64 } from '@see/x509';
import { auditActor } from '../../audit-actor.ts';
import { recoveryFor } from '../../operations/recovery/find-recovery.ts';
import { downloadEnvelope, handIn } from '../../operations/recovery/open-recovery.ts';
import { releaseRecovery } from '../../operations/recovery/release-recovery.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';

const Octets = Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 22_000, description: 'DER, base64' });
const params = Type.Object({ id: Uuid });
const Empty = Type.Object({}, { additionalProperties: false });

/** What the two agents do after they approved: the one opens the outer envelope, the other takes the inner one. */
export function openRecoveryRoutes(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/recoveries/:id/envelope',
    {
      config: access('recovery.download'),
      schema: {
        summary: 'The outer envelope for the agent who asks and who approved; recorded',
        tags: ['recoveries'],
        params,
        body: Empty,
        response: { 200: Type.Object({ envelope: Octets }) },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const recovery = await recoveryFor(ra, actor, 'recovery.download', request.params.id);
      return { envelope: (await downloadEnvelope(ra, actor, auditActor(request), recovery)).toBase64() };
    },
  );
  scope.post(
    '/api/v1/recoveries/:id/opening',
    {
      config: access('recovery.hand-in'),
      schema: {
        summary: 'Hand in what was in the outer envelope: an envelope to the other agents',
        tags: ['recoveries'],
        params,
        body: Type.Object({ envelope: Octets }, { additionalProperties: false }),
        response: { 201: Type.Object({ id: Uuid }) },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const recovery = await recoveryFor(ra, actor, 'recovery.hand-in', request.params.id);
      const envelope = decodeBase64(request.body.envelope);
      if (!envelope) throw new Refusal('invalid-request', 'An envelope is base64 of DER, without line breaks.');
      await handIn(ra, actor, auditActor(request), recovery, envelope);
      return reply.code(201).send({ id: recovery.id });
    },
  );
  scope.post(
    '/api/v1/recoveries/:id/release',
    {
      config: access('recovery.release'),
      schema: {
        summary:
          'Take the inner envelope, as the other of the two agents: the release, recorded before the answer leaves',
        tags: ['recoveries'],
        params,
        body: Empty,
        response: { 200: Type.Object({ envelope: Octets, certificate: Octets }) },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const recovery = await recoveryFor(ra, actor, 'recovery.release', request.params.id);
      const { envelope, certificate } = await releaseRecovery(ra, actor, auditActor(request), recovery);
      return { envelope: envelope.toBase64(), certificate: certificate.toBase64() };
    },
  );
}
