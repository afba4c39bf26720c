import type { AgencyScope } from '@see/domain';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { t } from '@see/language';
import { SITE_TESTS, type SiteReport } from '@see/policy';
import { apiText, type FieldError, newSiteReportPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { recordSiteReport } from '../../operations/agency/site-reports.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId } from '../../schemas/fields.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: AgencyId });
const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const Form = Type.Object(
  {
    formToken: Type.String({ maxLength: 100 }),
    product: text(300),
    version: text(300),
    accredited: Type.Optional(Type.Literal('yes')),
    testedOn: text(10),
    testedBy: text(300),
    ...Object.fromEntries(
      SITE_TESTS.flatMap((_, index) => [
        [`result-${index}`, Type.Optional(Type.Enum(['passed', 'failed']))],
        [`note-${index}`, text(600)],
      ]),
    ),
  },
  { additionalProperties: false },
);

type Typed = Readonly<Record<string, string>>;

/** The report that certifies the site of an agency is recorded. */
export function newSiteReportRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/agencies/:id/site-reports/new',
    { config: access('site-report.create'), schema: { params: Params } },
    (request) => draw(ra, request, agencyFor(ra, request, request.params.id), {}, []),
  );
  scope.post(
    '/console/agencies/:id/site-reports/new',
    { config: access('site-report.create'), schema: { params: Params, body: Form } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const agency = agencyFor(ra, request, request.params.id);
      const { formToken: _, ...fields } = request.body as Readonly<Record<string, string | undefined>>;
      const typed: Typed = Object.fromEntries(
        Object.entries(fields).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
      );
      const errors = missing(typed);
      if (errors.length > 0) return reply.code(400).send(draw(ra, request, agency, typed, errors));
      try {
        const digest = await recordSiteReport(ra, auditActor(request), agency, reportOf(typed));
        return await reply.redirect(`/console/agencies/${agency.agencyId}?done=certified&report=${digest}`, 303);
      } catch (error) {
        return refuseOnPage(request, error, async (said) => draw(ra, request, agency, typed, errorsOf(error, said)));
      }
    },
  );
}

function agencyFor(ra: Ra, request: FastifyRequest, id: string): AgencyScope {
  authorise(actorOf(request), 'site-report.create', id);
  const agency = ra.authority.current.agencies.get(id);
  if (!agency) throw new Refusal('not-found', 'There is no agency with this id.');
  return agency;
}

function reportOf(typed: Typed): SiteReport {
  const { product = '', version = '', accredited, testedOn = '', testedBy = '' } = typed;
  return {
    product: { name: product, version, accredited: accredited === 'yes' },
    testedOn,
    testedBy,
    results: SITE_TESTS.map(({ id }, index) => {
      const note = typed[`note-${index}`];
      const result = typed[`result-${index}`] === 'passed' ? ('passed' as const) : ('failed' as const);
      return { test: id, result, ...(note === undefined ? {} : { note }) };
    }),
  };
}

function missing(typed: Typed): readonly FieldError[] {
  const { product = '', version = '', accredited, testedOn = '', testedBy = '' } = typed;
  const named = (value: string): boolean => value.length >= 1 && value.length <= 200;
  return [
    ...(named(product) ? [] : [{ field: 'product', text: t`Name the product.` }]),
    ...(named(version) ? [] : [{ field: 'version', text: t`Give its version.` }]),
    ...(accredited === undefined
      ? [{ field: 'accredited', text: t`Only a product that is accredited in this version certifies a site.` }]
      : []),
    ...(isDay(testedOn) ? [] : [{ field: 'testedOn', text: t`Give a day like 2026-11-22.` }]),
    ...(named(testedBy) ? [] : [{ field: 'testedBy', text: t`Say who tested.` }]),
    ...SITE_TESTS.flatMap(({ id }, index) => {
      const [result, note = ''] = [typed[`result-${index}`], typed[`note-${index}`]];
      if (result === undefined) return [{ field: `result-${index}`, text: t`Say how ${id} ended.` }];
      return note.length > 500 ? [{ field: `note-${index}`, text: t`Say it in 500 characters at most.` }] : [];
    }),
  ];
}

function isDay(day: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
}

/** Each fault beside its field; that of a test beside the test. */
function errorsOf(error: unknown, said: string): readonly FieldError[] {
  if (!(error instanceof Refusal) || error.violations.length === 0) return [{ text: apiText(said) }];
  return error.violations.map(({ code, path, message }) => {
    if (code !== 'test-not-passed') return { ...(path === undefined ? {} : { field: path }), text: apiText(message) };
    const index = SITE_TESTS.findIndex(({ id }) => message.startsWith(`${id} `));
    return {
      field: `result-${index}`,
      text: t`${SITE_TESTS[index]?.id}: correct the site, then test it again. Nothing was recorded.`,
    };
  });
}

function draw(
  ra: Ra,
  request: FastifyRequest,
  agency: AgencyScope,
  typed: Typed,
  errors: readonly FieldError[],
): string {
  return newSiteReportPage(viewOf(ra.site, request), readerOf(ra, request), {
    agency: { id: agency.agencyId, name: agency.name },
    tests: SITE_TESTS,
    typed,
    errors,
  });
}
