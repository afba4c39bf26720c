import { findApplication, listApplications } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { applyForMembership, declineApplication, verifyOrganization } from '../../operations/agency/applications.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { ApplicationSchema, applicationView, LetterSchema, RegisterSchema } from '../../schemas/agency-application.ts';
import { AgencyId, Uuid } from '../../schemas/fields.ts';

const Params = Type.Object({ id: Uuid });

const Wish = Type.Object(
  {
    agencyId: AgencyId,
    name: Type.String({ minLength: 1, maxLength: 64, description: 'Its legal name, as a register has it' }),
    organizationIdentifier: Type.String({ minLength: 5, maxLength: 45, description: 'SBR appendix A, such as GOVNZ' }),
    letter: LetterSchema,
  },
  { additionalProperties: false, title: 'ApplicationWish' },
);

/** Agencies that want to be members, before they have a scope. */
export function agencyApplicationRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/agency-applications',
    {
      config: access('agency-application.list'),
      schema: {
        summary: 'Agencies that want to be members',
        tags: ['agencies'],
        querystring: Type.Object({
          declined: Type.Optional(Type.Literal('true', { description: 'With those that were declined' })),
        }),
        response: { 200: Type.Object({ items: Type.Array(ApplicationSchema) }) },
      },
    },
    async (request) => {
      const declined = request.query.declined === 'true';
      return { items: (await listApplications(ra.db, { declined })).map(applicationView) };
    },
  );
  scope.post(
    '/api/v1/agency-applications',
    {
      config: access('agency-application.create'),
      schema: {
        summary: 'Enter the application of an agency, with the letter of its chief executive',
        tags: ['agencies'],
        body: Wish,
        response: { 201: ApplicationSchema },
      },
    },
    async (request, reply) => {
      authorise(actorOf(request), 'agency-application.create', null);
      const id = await applyForMembership(ra, auditActor(request), request.body);
      const made = await findApplication(ra.db, id);
      if (!made) throw new Refusal('not-found', 'There is no application with this id.');
      return reply.code(201).send(applicationView(made));
    },
  );
  scope.post(
    '/api/v1/agency-applications/:id/verification',
    {
      config: access('agency-application.verify'),
      schema: {
        summary: 'Record that name and identifier stand in a register; by another operator',
        tags: ['agencies'],
        params: Params,
        body: RegisterSchema,
        response: { 200: ApplicationSchema },
      },
    },
    async (request) => {
      authorise(actorOf(request), 'agency-application.verify', null);
      return applicationView(await verifyOrganization(ra, auditActor(request), request.params.id, request.body));
    },
  );
  scope.post(
    '/api/v1/agency-applications/:id/decline',
    {
      config: access('agency-application.decline'),
      schema: {
        summary: 'End an application, with the reason',
        tags: ['agencies'],
        params: Params,
        body: Type.Object({ reason: Type.String({ minLength: 3, maxLength: 500 }) }, { additionalProperties: false }),
        response: { 200: ApplicationSchema },
      },
    },
    async (request) => {
      authorise(actorOf(request), 'agency-application.decline', null);
      const { params, body } = request;
      return applicationView(await declineApplication(ra, auditActor(request), params.id, body.reason));
    },
  );
}
