import { REVOCATION_REASONS, type RevocationReason } from '@see/domain';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { abolishAgency, previewAbolition } from '../../operations/agency/abolish-agency.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Hex48 } from '../../schemas/fields.ts';

const Params = Type.Object({ id: AgencyId });

const Preview = Type.Object(
  {
    agencyId: AgencyId,
    status: Type.String(),
    revoked: Type.Array(
      Type.Object({
        ca: Type.String(),
        serial: Type.String(),
        profile: Type.String(),
        reason: Type.Enum(Object.keys(REVOCATION_REASONS) as RevocationReason[]),
      }),
      { description: 'Certificates that would be revoked, as certificate-revoke statements name them' },
    ),
    orders: Type.Integer({ description: 'Open orders that would be withdrawn' }),
    ordersBeingSigned: Type.Integer({ description: 'Orders that must be done first' }),
    people: Type.Integer({ description: 'People who would lose their place and every way to sign in' }),
  },
  { title: 'AbolitionPreview' },
);

const Body = Type.Object(
  {
    statements: Type.Optional(
      Type.Array(Hex48, {
        maxItems: 100,
        description: 'Digests of certificate-revoke statements of two operators that name every certificate',
      }),
    ),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
);

const Answer = Type.Object({
  certificatesRevoked: Type.Integer(),
  ordersWithdrawn: Type.Integer(),
  peopleEnded: Type.Integer(),
});

/** What ends with an agency, and its end. */
export function agencyAbolitionRoutes(scope: App, ra: Ra): void {
  const scopeOf = (id: string) => {
    const found = ra.authority.current.agencies.get(id);
    if (!found) throw new Refusal('not-found', 'There is no agency with this id.');
    return found;
  };
  scope.get(
    '/api/v1/agencies/:id/abolition',
    {
      config: access('agency-abolition.show'),
      schema: {
        summary: 'What would end with an agency; nothing is done',
        tags: ['agencies'],
        params: Params,
        response: { 200: Preview },
      },
    },
    async (request) => {
      authorise(actorOf(request), 'agency-abolition.show', request.params.id);
      return previewAbolition(ra, scopeOf(request.params.id));
    },
  );
  scope.post(
    '/api/v1/agencies/:id/abolition',
    {
      config: access('agency.abolish'),
      bodyLimit: 20_000,
      schema: {
        summary: 'End everything of an agency that two operators removed: certificates, orders, people, or nothing',
        tags: ['agencies'],
        params: Params,
        body: Body,
        response: { 200: Answer },
      },
    },
    async (request) => {
      authorise(actorOf(request), 'agency.abolish', request.params.id);
      return abolishAgency(ra, auditActor(request), scopeOf(request.params.id), request.body);
    },
  );
}
