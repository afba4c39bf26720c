import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { CERTIFICATE_REFERENCE, certificateFor } from '../../operations/find-certificate.ts';
import { requestRecovery as request } from '../../operations/recovery/request-recovery.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { dateOf, Time, Uuid } from '../../schemas/fields.ts';
import { CapacitySchema } from '../../schemas/recovery.ts';

const Body = Type.Object(
  {
    certificate: Type.String({ pattern: CERTIFICATE_REFERENCE, description: 'SHA-256 or serial number, hex' }),
    capacity: CapacitySchema,
    legalBasis: Type.String({ minLength: 3, maxLength: 400, description: 'Provision, warrant or instrument' }),
    purpose: Type.String({ minLength: 3, maxLength: 1000 }),
    messagesFrom: Time,
    messagesUntil: Time,
    recipient: Type.String({ maxLength: 16_000, description: 'Certificate to encrypt the key to, PEM' }),
    suppressNotice: Type.Optional(
      Type.String({ minLength: 3, maxLength: 400, description: 'Reason in law why the holder is not told' }),
    ),
  },
  { additionalProperties: false, title: 'RecoveryRequest' },
);

export function requestRecovery(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/recoveries',
    {
      config: access('recovery.request'),
      schema: {
        summary: 'Ask for a kept encryption key',
        description:
          'Two recovery agents decide within 72 hours. The key is encrypted to the recipient’s certificate on an agent’s machine; it never comes here.',
        tags: ['recoveries'],
        body: Body,
        response: { 201: Type.Object({ id: Uuid, state: Type.Literal('requested') }) },
      },
    },
    async (call, reply) => {
      const { certificate: reference, messagesFrom, messagesUntil, suppressNotice, ...said } = call.body;
      const actor = actorOf(call);
      const certificate = await certificateFor(ra, actor, 'recovery.request', reference);
      const id = await request(ra, actor, auditActor(call), certificate, {
        ...said,
        messagesFrom: dateOf(messagesFrom, 'messagesFrom'),
        messagesUntil: dateOf(messagesUntil, 'messagesUntil'),
        suppressNotice: suppressNotice ?? null,
      });
      return reply.code(201).send({ id, state: 'requested' as const });
    },
  );
}
