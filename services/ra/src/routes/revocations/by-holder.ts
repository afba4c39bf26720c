import { type App, type Limit, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { revokeByHolder as revoke } from '../../operations/revoke-by-holder.ts';
import type { Ra } from '../../ra.ts';
import { Hex32, Time } from '../../schemas/fields.ts';

export function revokeByHolder(scope: App, ra: Ra, limit: Limit): void {
  scope.post(
    '/api/v1/holder-revocations',
    {
      config: { operation: 'holder-revocation.create', public: true },
      onRequest: limit,
      schema: {
        summary: 'Revoke or hold a certificate with its own key',
        description:
          'A compact JWS by the certificate’s private key. Header: {"alg":"ES384","typ":"see-revocation"} (or ES256, ES512, ' +
          'PS256, PS384, PS512, EdDSA, as the key is). Payload: {"v":1,"instance":…,"certificate":<SHA-256 hex>,' +
          '"action":"revoke","reason":"keyCompromise","issuedAt":<seconds>}. Good for ten minutes.',
        tags: ['revocations'],
        body: Type.Object(
          { request: Type.String({ minLength: 10, maxLength: 4_000 }) },
          { additionalProperties: false },
        ),
        response: { 201: Type.Object({ certificate: Hex32, at: Time }) },
      },
    },
    async (request, reply) => {
      const { sha256, at } = await revoke(ra, auditActor(request), request.body.request);
      return reply.code(201).send({ certificate: sha256, at: at.toISOString() });
    },
  );
}
