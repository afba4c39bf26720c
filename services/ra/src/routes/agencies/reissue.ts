import { REVOCATION_REASONS, type RevocationReason } from '@see/domain';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { formerNameCertificates } from '../../operations/agency/former-name.ts';
import { PEOPLE_AT_ONCE, reissuePeople } from '../../operations/agency/reissue.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Hex32, PersonId, Uuid } from '../../schemas/fields.ts';

const Params = Type.Object({ id: AgencyId });
const name = Type.String({ minLength: 1, maxLength: 64 });

const Body = Type.Object(
  {
    organizationName: Type.String({ minLength: 1, maxLength: 64, description: 'What the new certificates have as O' }),
    sponsorId: PersonId,
    agentId: Type.Optional(PersonId),
    after: Type.Optional(
      Type.String({ pattern: '^[0-9A-HJKMNP-TV-Z]{16}$', description: 'The `next` of the answer before' }),
    ),
    dryRun: Type.Optional(Type.Boolean({ description: 'Only say what would be ordered' })),
  },
  { additionalProperties: false, title: 'ReissueWish' },
);

const Answer = Type.Object({
  people: Type.Array(
    Type.Object(
      {
        personId: PersonId,
        displayName: Type.String(),
        outcome: Type.Enum(['to-order', 'ordered', 'under-way', 'refused']),
        profiles: Type.Array(Type.String()),
        orderId: Type.Union([Uuid, Type.Null()]),
        code: Type.Union([Type.String(), Type.Null()]),
        message: Type.Union([Type.String(), Type.Null()]),
      },
      { title: 'ReissueOutcome' },
    ),
    { description: 'Whose certificates have another name; nobody where all have this one' },
  ),
  next: Type.Union([PersonId, Type.Null()]),
});

const FormerName = Type.Object(
  {
    ca: Type.String(),
    serial: Type.String(),
    sha256: Hex32,
    profile: Type.String(),
    holder: Type.String(),
    reason: Type.Enum(Object.keys(REVOCATION_REASONS) as RevocationReason[]),
  },
  { title: 'FormerNameCertificate' },
);

/** An agency gets another name: certificates for its people anew, and what carries the name that it had. */
export function agencyReissueRoutes(scope: App, ra: Ra): void {
  const scopeOf = (id: string) => {
    const found = ra.authority.current.agencies.get(id);
    if (!found) throw new Refusal('not-found', 'There is no agency with this id.');
    return found;
  };
  scope.post(
    '/api/v1/agencies/:id/reissues',
    {
      config: access('agency.reissue'),
      schema: {
        summary: `Order for the next ${PEOPLE_AT_ONCE} people what their certificates are to be replaced by`,
        description: 'The same again goes on where it stopped: who has an order under way gets no other.',
        tags: ['agencies'],
        params: Params,
        body: Body,
        response: { 200: Answer },
      },
    },
    async (request) => {
      authorise(actorOf(request), 'agency.reissue', request.params.id);
      const agency = scopeOf(request.params.id);
      const { people, next } = await reissuePeople(ra, actorOf(request), auditActor(request), agency, request.body);
      return { people: people.map(({ profiles, ...rest }) => ({ ...rest, profiles: [...profiles] })), next };
    },
  );
  scope.get(
    '/api/v1/agencies/:id/former-name-certificates',
    {
      config: access('former-name-certificate.list'),
      schema: {
        summary: 'Good certificates that carry a former name of the agency, with and without a successor',
        tags: ['agencies'],
        params: Params,
        querystring: Type.Object({ organization: name }),
        response: { 200: Type.Object({ replaced: Type.Array(FormerName), unreplaced: Type.Array(FormerName) }) },
      },
    },
    async (request) => {
      authorise(actorOf(request), 'former-name-certificate.list', request.params.id);
      const agency = scopeOf(request.params.id);
      const found = await formerNameCertificates(ra, agency.agencyId, request.query.organization);
      return { replaced: [...found.replaced], unreplaced: [...found.unreplaced] };
    },
  );
}
