import { findHrReport, type HrReport } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { type Correction, confirmReport, dismissReport } from '../../operations/hr-feed/decide-report.ts';
import { assertStatements } from '../../operations/life-event/revoking-statements.ts';
import { access, authorise, type Operation } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, dateOf, Hex48, Time } from '../../schemas/fields.ts';
import { HrReportSchema, hrReportView } from '../../schemas/hr-feed.ts';

const Params = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) });
const Name = Type.String({ minLength: 1, maxLength: 64 });

const Confirmation = Type.Object(
  {
    confirm: Type.Literal(true),
    effectiveAt: Type.Optional(Time),
    givenName: Type.Optional(Name),
    surname: Type.Optional(Name),
    displayName: Type.Optional(Name),
    toAgencyId: Type.Optional(AgencyId),
    email: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
    statements: Type.Optional(Type.Array(Hex48, { maxItems: 10 })),
  },
  { additionalProperties: false, title: 'HrConfirmation', description: 'Members beside confirm correct what was told' },
);

/** Confirms or dismisses what a feed told and nobody has declared. */
export function decideHrReportRoutes(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/hr-reports/:id/confirm',
    {
      config: access('hr-report.confirm'),
      schema: {
        summary: 'Declare what a feed told and what waits for a person',
        description: 'The life event is yours: the rules for you hold, and only operators move people.',
        tags: ['hr-feeds'],
        params: Params,
        body: Confirmation,
        response: { 201: HrReportSchema },
      },
    },
    async (request, reply) => {
      const report = await reportFor(ra, request, 'hr-report.confirm', request.params.id);
      const { confirm: _said, effectiveAt, ...rest } = request.body;
      const correction = {
        ...rest,
        ...(effectiveAt === undefined ? {} : { effectiveAt: dateOf(effectiveAt, 'body/effectiveAt') }),
      } as Correction;
      await assertStatements(ra, correction.statements);
      await confirmReport(ra, actorOf(request), auditActor(request), report, correction);
      return reply.code(201).send(hrReportView(await reportFor(ra, request, 'hr-report.confirm', request.params.id)));
    },
  );
  scope.post(
    '/api/v1/hr-reports/:id/dismiss',
    {
      config: access('hr-report.dismiss'),
      schema: {
        summary: 'Dismiss what a feed told and what waits for a person',
        tags: ['hr-feeds'],
        params: Params,
        body: Type.Object({ reason: Type.String({ minLength: 3, maxLength: 500 }) }, { additionalProperties: false }),
        response: { 200: HrReportSchema },
      },
    },
    async (request) => {
      const report = await reportFor(ra, request, 'hr-report.dismiss', request.params.id);
      await dismissReport(ra, actorOf(request), auditActor(request), report, request.body.reason);
      return hrReportView(await reportFor(ra, request, 'hr-report.dismiss', request.params.id));
    },
  );
}

async function reportFor(ra: Ra, request: FastifyRequest, operation: Operation, id: string): Promise<HrReport> {
  const report = await findHrReport(ra.db, Number(id));
  if (!report) throw new Refusal('not-found', 'No feed told anything under this number.');
  authorise(actorOf(request), operation, report.agencyId);
  return report;
}
