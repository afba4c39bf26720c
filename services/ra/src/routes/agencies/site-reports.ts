import { listSiteReports } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { SITE_TESTS, type SiteReport } from '@see/policy';
import { auditActor } from '../../audit-actor.ts';
import { recordSiteReport } from '../../operations/agency/site-reports.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Day, Hex32, PersonId, Time } from '../../schemas/fields.ts';

const Params = Type.Object({ id: AgencyId });
const words = Type.String({ minLength: 1, maxLength: 200 });

const ReportSchema = Type.Object(
  {
    product: Type.Object(
      { name: words, version: words, accredited: Type.Boolean() },
      { additionalProperties: false, description: 'The mail gateway; accredited in this very version' },
    ),
    testedOn: Day,
    testedBy: words,
    results: Type.Array(
      Type.Object(
        {
          test: Type.String({ maxLength: 40 }),
          result: Type.Enum(['passed', 'failed', 'not-applicable']),
          note: Type.Optional(Type.String({ maxLength: 500 })),
        },
        { additionalProperties: false },
      ),
      { maxItems: 100, description: `Every one of ${SITE_TESTS.map(({ id }) => id).join(', ')}` },
    ),
  },
  { additionalProperties: false, title: 'SiteReport' },
);

const Recorded = Type.Object(
  { digest: Hex32, report: ReportSchema, recordedBy: PersonId, recordedAt: Time },
  { title: 'RecordedSiteReport' },
);

/** Reports on the tests of an agency's mail gateway. */
export function siteReportRoutes(scope: App, ra: Ra): void {
  const scopeOf = (id: string) => {
    const found = ra.authority.current.agencies.get(id);
    if (!found) throw new Refusal('not-found', 'There is no agency with this id.');
    return found;
  };
  const listOf = async (id: string) => ({
    items: (await listSiteReports(ra.db, id)).map(({ digest, content, recordedBy, recordedAt }) => {
      const { product, testedOn, testedBy, results } = JSON.parse(new TextDecoder().decode(content)) as SiteReport;
      const report = { product, testedOn, testedBy, results: [...results] };
      return { digest: digest.toHex(), report, recordedBy, recordedAt: recordedAt.toISOString() };
    }),
  });
  scope.get(
    '/api/v1/agencies/:id/site-reports',
    {
      config: access('site-report.list'),
      schema: {
        summary: 'Reports on the tests of the agency’s mail gateway, the newest first',
        tags: ['agencies'],
        params: Params,
        response: { 200: Type.Object({ items: Type.Array(Recorded) }) },
      },
    },
    async (request) => {
      authorise(actorOf(request), 'site-report.list', request.params.id);
      return listOf(scopeOf(request.params.id).agencyId);
    },
  );
  scope.post(
    '/api/v1/agencies/:id/site-reports',
    {
      config: access('site-report.create'),
      schema: {
        summary: 'Record the report that certifies the site of an agency (SEE-10)',
        description:
          'A report with a test that did not pass is refused and not recorded: correct the site, test again.',
        tags: ['agencies'],
        params: Params,
        body: ReportSchema,
        response: { 201: Type.Object({ digest: Hex32 }) },
      },
    },
    async (request, reply) => {
      authorise(actorOf(request), 'site-report.create', request.params.id);
      const agency = scopeOf(request.params.id);
      const digest = await recordSiteReport(ra, auditActor(request), agency, request.body);
      return reply.code(201).send({ digest });
    },
  );
}
