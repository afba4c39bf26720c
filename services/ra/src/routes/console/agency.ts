import { type DomainChallenge, listSiteReports, readPersonNames } from '@see/db/ra';
import type { AgencyScope } from '@see/domain';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { type SiteReport, siteReportViolations } from '@see/policy';
import { type AgencyDone, type AgencyStage, agencyPage, apiText, type FieldError, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import {
  challengeDomain,
  challengeName,
  challengeText,
  decideDomain,
  proveDomain,
  standingsOf,
} from '../../operations/domain-evidence.ts';
import { access, authorise, may, type Operation } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Hex32, Uuid } from '../../schemas/fields.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: AgencyId });
const formToken = Type.String({ maxLength: 100 });
const domain = Type.String({ maxLength: 253 });

type Said = {
  readonly done?: AgencyDone | undefined;
  readonly report?: string | undefined;
  readonly challenge?: DomainChallenge;
  readonly errors?: readonly FieldError[];
};

/** The page of an agency, and the ways to show that a domain is its. */
export function agencyRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/agencies/:id',
    {
      config: access('agency.show'),
      schema: {
        params: Params,
        querystring: Type.Object({
          done: Type.Optional(Type.Enum(['proved', 'decided', 'certified'])),
          report: Type.Optional(Hex32),
        }),
      },
    },
    (request) =>
      draw(ra, request, agencyFor(ra, request, 'agency.show', request.params.id), {
        done: request.query.done,
        report: request.query.report,
      }),
  );
  scope.post(
    '/console/agencies/:id/domains/challenge',
    {
      config: access('agency-domain.challenge'),
      schema: { params: Params, body: Type.Object({ formToken, domain }, { additionalProperties: false }) },
    },
    (request) =>
      act(ra, request, 'agency-domain.challenge', request.params.id, async (agency) => {
        const { body } = request;
        const challenge = await challengeDomain(ra, actorOf(request), auditActor(request), agency, body.domain);
        // The value is in the answer and nowhere else, so there is no address to lead to.
        return draw(ra, request, agency, { done: 'challenged', challenge });
      }),
  );
  scope.post(
    '/console/agencies/:id/domains/prove',
    {
      config: access('agency-domain.prove'),
      schema: { params: Params, body: Type.Object({ formToken, challenge: Uuid }, { additionalProperties: false }) },
    },
    (request, reply) =>
      act(ra, request, 'agency-domain.prove', request.params.id, async (agency) => {
        await proveDomain(ra, actorOf(request), auditActor(request), agency, request.body.challenge);
        return reply.redirect(`/console/agencies/${agency.agencyId}?done=proved`, 303);
      }),
  );
  scope.post(
    '/console/agencies/:id/domains/decide',
    {
      config: access('agency-domain.prove'),
      schema: {
        params: Params,
        body: Type.Object(
          { formToken, domain, reason: Type.String({ maxLength: 500 }) },
          { additionalProperties: false },
        ),
      },
    },
    (request, reply) =>
      act(ra, request, 'agency-domain.prove', request.params.id, async (agency) => {
        const { domain: name, reason } = request.body;
        if (reason.trim().length < 10) throw new Refusal('invalid-request', 'Say why, in at least ten characters.');
        const wish = { domain: name, reason: reason.trim() };
        await decideDomain(ra, actorOf(request), auditActor(request), agency, wish);
        return reply.redirect(`/console/agencies/${agency.agencyId}?done=decided`, 303);
      }),
  );
}

function agencyFor(ra: Ra, request: FastifyRequest, operation: Operation, id: string): AgencyScope {
  authorise(actorOf(request), operation, id);
  const agency = ra.authority.current.agencies.get(id);
  if (!agency) throw new Refusal('not-found', 'There is no agency with this id.');
  return agency;
}

async function act<T>(
  ra: Ra,
  request: FastifyRequest,
  operation: Operation,
  id: string,
  work: (agency: AgencyScope) => Promise<T>,
): Promise<T> {
  assertOwnForm(ra, request);
  const agency = agencyFor(ra, request, operation, id);
  try {
    return await work(agency);
  } catch (error) {
    return refuseOnPage(request, error, (said) => draw(ra, request, agency, { errors: [{ text: apiText(said) }] }));
  }
}

async function draw(ra: Ra, request: FastifyRequest, agency: AgencyScope, said: Said): Promise<string> {
  const actor = actorOf(request);
  const [names, standings, stored] = await Promise.all([
    readPersonNames(
      ra.db,
      agency.delegations.map(({ personId }) => personId),
    ),
    standingsOf(ra, agency),
    listSiteReports(ra.db, agency.agencyId),
  ]);
  const reports = stored.map(({ digest, content }) => ({
    digest: digest.toHex(),
    report: JSON.parse(new TextDecoder().decode(content)) as SiteReport,
  }));
  const { challenge } = said;
  return agencyPage(viewOf(ra.site, request), readerOf(ra, request), {
    ...agency,
    now: ra.now(),
    id: agency.agencyId,
    stage: stageOf(
      agency,
      reports.some(({ report }) => siteReportViolations(report, ra.now()).length === 0),
    ),
    membership: agency.membership && { ...agency.membership, start: dateOf(agency.membership.start) },
    delegations: agency.delegations.map((one) => ({
      ...one,
      name: names.get(one.personId) ?? one.personId,
      from: dateOf(one.from),
      until: dateOf(one.until),
    })),
    lastVerifiedAt: dateOf(agency.lastVerifiedAt),
    nextReviewAt: dateOf(agency.nextReviewAt),
    scopeDigest: agency.digest,
    standings,
    challenge: challenge && {
      ...challenge,
      name: challengeName(challenge.domain),
      text: challengeText(challenge.value),
    },
    mayChallenge: may(actor, 'agency-domain.challenge'),
    mayProve: may(actor, 'agency-domain.prove'),
    reports: may(actor, 'site-report.list')
      ? reports.map(({ digest, report: { product, testedOn, testedBy } }) => ({
          digest,
          product: `${product.name} ${product.version}`,
          testedOn: new Date(testedOn),
          testedBy,
        }))
      : undefined,
    seesPeople: may(actor, 'person.list'),
    mayReport: may(actor, 'site-report.create') && agency.status !== 'removed',
    // Only one that is on record is shown as such.
    reported: reports.find(({ digest }) => digest === said.report)?.digest,
    done: said.done,
    errors: said.errors ?? [],
  });
}

/** Where it stands. A site that is certified shows in a report only: the statements know it from the activation on. */
function stageOf({ status, membership }: AgencyScope, certified: boolean): AgencyStage {
  if (status === 'suspended' || status === 'removed') return status;
  if (status === 'scoped' || !membership) return certified ? 'certified' : 'scoped';
  return membership.phase === 2 ? 'phase-2' : 'phase-1';
}

function dateOf(seconds: number): Date {
  return new Date(seconds * 1000);
}
