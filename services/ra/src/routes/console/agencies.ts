import { listApplications, readPersonNames } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { type AgenciesDone, agenciesPage, apiText, type FieldError, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { declineApplication, verifyOrganization } from '../../operations/agency/applications.ts';
import { access, agencyOf, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: Uuid });
const formToken = Type.String({ maxLength: 100 });
const text = (maxLength: number) => Type.String({ maxLength });

/** The list of agencies, and the applications of those that want to be members. */
export function agenciesRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/agencies',
    {
      config: access('agency.list'),
      schema: { querystring: Type.Object({ done: Type.Optional(Type.Enum(['applied', 'verified', 'declined'])) }) },
    },
    (request) => draw(ra, request, { done: request.query.done }),
  );
  scope.post(
    '/console/agencies/applications/:id/verify',
    {
      config: access('agency-application.verify'),
      schema: {
        params: Params,
        body: Type.Object(
          { formToken, name: text(200), entry: text(200), extractOf: text(10) },
          { additionalProperties: false },
        ),
      },
    },
    (request, reply) =>
      act(ra, request, async () => {
        const { name, entry, extractOf } = request.body;
        if (name.trim() === '' || entry.trim() === '' || !/^\d{4}-\d\d-\d\d$/.test(extractOf))
          throw new Refusal('invalid-request', 'Name the register, the entry and the day of the extract.');
        const register = { name: name.trim(), entry: entry.trim(), extractOf };
        await verifyOrganization(ra, auditActor(request), request.params.id, register);
        return reply.redirect('/console/agencies?done=verified', 303);
      }),
  );
  scope.post(
    '/console/agencies/applications/:id/decline',
    {
      config: access('agency-application.decline'),
      schema: { params: Params, body: Type.Object({ formToken, reason: text(500) }, { additionalProperties: false }) },
    },
    (request, reply) =>
      act(ra, request, async () => {
        const reason = request.body.reason.trim();
        if (reason.length < 3) throw new Refusal('invalid-request', 'Say why, in a few words.');
        await declineApplication(ra, auditActor(request), request.params.id, reason);
        return reply.redirect('/console/agencies?done=declined', 303);
      }),
  );
}

async function act<T>(ra: Ra, request: FastifyRequest, work: () => Promise<T>): Promise<T> {
  assertOwnForm(ra, request);
  try {
    return await work();
  } catch (error) {
    return refuseOnPage(request, error, (said) => draw(ra, request, { errors: [{ text: apiText(said) }] }));
  }
}

async function draw(
  ra: Ra,
  request: FastifyRequest,
  said: { done?: AgenciesDone | undefined; errors?: readonly FieldError[] },
): Promise<string> {
  const actor = actorOf(request);
  const own = agencyOf(actor);
  const applications = may(actor, 'agency-application.list') ? await listApplications(ra.db, { declined: true }) : [];
  const names = await readPersonNames(
    ra.db,
    applications.map(({ proposedBy }) => proposedBy),
  );
  const decides = may(actor, 'agency-application.verify');
  return agenciesPage(viewOf(ra.site, request), readerOf(ra, request), {
    now: ra.now(),
    agencies: [...ra.authority.current.agencies.values()]
      .filter((agency) => own === undefined || agency.agencyId === own)
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(({ agencyId, name, status, domains, nextReviewAt }) => ({
        ...{ id: agencyId, name, status, domains },
        nextReviewAt: new Date(nextReviewAt * 1000),
      })),
    applications: may(actor, 'agency-application.list')
      ? applications.map(({ proposedBy, letter, ...application }) => ({
          ...application,
          letter: { ...letter, signedOn: new Date(letter.signedOn) },
          proposedBy: names.get(proposedBy) ?? proposedBy,
          mayVerify: decides && application.state === 'proposed' && proposedBy !== actor.personId,
          mayDecline: decides && application.state !== 'declined',
        }))
      : undefined,
    mayApply: may(actor, 'agency-application.create'),
    feeds: may(actor, 'hr-report.list'),
    done: said.done,
    errors: said.errors ?? [],
  });
}
