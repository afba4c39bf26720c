import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { nextStatement, proposeStatement, statementOf } from '../../operations/propose-statement.ts';
import { access, authorise } from '../../permissions.ts';
import { type Ra, seconds } from '../../ra.ts';
import { AgencyId, dateOf, PersonId, Time } from '../../schemas/fields.ts';
import { StatementSchema, statementView } from '../../schemas/statement.ts';

const name = Type.String({ minLength: 1, maxLength: 64 });
const domain = Type.String({ minLength: 1, maxLength: 253, description: 'A-label, lower case' });
const YEAR = 365 * 86_400;

const Body = Type.Object(
  {
    name,
    organizationNames: Type.Array(name, { minItems: 1, maxItems: 20 }),
    organizationIdentifier: Type.String({
      maxLength: 45,
      description: 'SBR appendix A, such as GOVNZ for a government entity',
    }),
    locality: name,
    domains: Type.Array(domain, { minItems: 1, maxItems: 100 }),
    profiles: Type.Array(Type.String({ maxLength: 41 }), { maxItems: 20 }),
    delegations: Type.Array(
      Type.Object(
        {
          personId: PersonId,
          role: Type.Union([Type.Literal('sponsor'), Type.Literal('registration-agent')]),
          from: Time,
          until: Time,
          instrument: Type.String({ minLength: 1, maxLength: 200 }),
        },
        { additionalProperties: false },
      ),
      { maxItems: 200 },
    ),
    nextReviewAt: Type.Optional(Time),
  },
  { additionalProperties: false },
);

export function proposeAgency(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/agencies/:id/proposals',
    {
      config: access('agency.propose'),
      schema: {
        summary: 'Propose the scope of an agency: a statement for two operators to sign',
        tags: ['agencies'],
        params: Type.Object({ id: AgencyId }),
        body: Body,
        response: { 201: StatementSchema },
      },
    },
    async (request, reply) => {
      const { body } = request;
      authorise(actorOf(request), 'agency.propose', request.params.id);
      const now = seconds(ra.now());
      const read = nextStatement(ra, 'agency-scope', {
        agencyId: request.params.id,
        name: body.name,
        organizationNames: body.organizationNames,
        organizationIdentifier: body.organizationIdentifier,
        locality: body.locality,
        domains: body.domains,
        profiles: body.profiles,
        delegations: body.delegations.map((each) => ({
          personId: each.personId,
          role: each.role,
          from: seconds(dateOf(each.from, 'body/delegations')),
          until: seconds(dateOf(each.until, 'body/delegations')),
          instrument: each.instrument,
        })),
        lastVerifiedAt: now,
        nextReviewAt:
          body.nextReviewAt === undefined ? now + YEAR : seconds(dateOf(body.nextReviewAt, 'body/nextReviewAt')),
      });
      await proposeStatement(ra, auditActor(request), read);
      return reply.code(201).send(statementView(await statementOf(ra, read.digest)));
    },
  );
}
