import { type App, type Limit, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { renewCertificate } from '../../operations/renewal/renew-certificate.ts';
import { renewalView } from '../../operations/renewal/renewal-view.ts';
import type { Ra } from '../../ra.ts';
import { Time, Uuid } from '../../schemas/fields.ts';
import { OrderStateSchema } from '../../schemas/order.ts';
import { SIGNED_BODY_LIMIT, signedBody, signedRequestOf, takeSignedOctets } from './signed-body.ts';

const Answer = Type.Object(
  {
    orderId: Uuid,
    state: OrderStateSchema,
    stateReason: Type.Union([Type.String(), Type.Null()]),
    profile: Type.String(),
    approvals: Type.Integer(),
    quorum: Type.Integer(),
    certificate: Type.Union([
      Type.Object({
        sha256: Type.String(),
        serial: Type.String(),
        notAfter: Time,
        pem: Type.String(),
        chain: Type.Array(Type.String(), { description: 'PEM of the issuing CA and the root' }),
      }),
      Type.Null(),
    ]),
  },
  { title: 'Renewal' },
);

export function createRenewal(scope: App, ra: Ra, limit: Limit): void {
  scope.register(async (inner: App) => {
    takeSignedOctets(inner);
    inner.post(
      '/api/v1/renewals',
      {
        config: { operation: 'renewal.create', public: true },
        onRequest: limit,
        bodyLimit: SIGNED_BODY_LIMIT,
        schema: {
          summary: 'Renew a certificate with its own key',
          description:
            'CMS SignedData (RFC 5652, DER, content inside, SHA-256 or better) over a new CSR, by the certificate that is to be replaced: ' +
            'openssl cms -sign -binary -nodetach -md sha384. With the PEM of another certificate of the same holder beside the CSR, that ' +
            'one is replaced: encryption certificates cannot sign for themselves. 202 means not issued yet: send the same request again.',
          tags: ['renewals'],
          body: signedBody,
          response: { 200: Answer, 202: Answer },
        },
      },
      async (request, reply) => {
        const { order } = await renewCertificate(ra, auditActor(request), signedRequestOf(request.body));
        const view = await renewalView(ra, order);
        return view.certificate ? view : reply.code(202).send(view);
      },
    );
  });
}
