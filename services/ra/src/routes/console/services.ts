import { type App, actorOf, Refusal, Type } from '@see/http';
import { t } from '@see/language';
import { writeCsv } from '@see/person-import';
import { RECORD_STANDINGS } from '@see/policy';
import { cataloguePage, type FieldError, newServicePage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { addService } from '../../operations/catalogue/change-catalogue.ts';
import { type CatalogueEntry, readCatalogue } from '../../operations/catalogue/read-catalogue.ts';
import { access, agencyOf, authorise, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId } from '../../schemas/fields.ts';
import { byOf } from '../services/change.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { serviceRoutes } from './service.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Query = Type.Object(
  {
    standing: Type.Optional(Type.Enum(['', ...RECORD_STANDINGS])),
    done: Type.Optional(Type.Literal('removed')),
  },
  { additionalProperties: false },
);
const Form = Type.Object(
  {
    formToken: Type.String({ maxLength: 100 }),
    agency: AgencyId,
    kind: Type.Enum(['service', 'site']),
    name: Type.String({ maxLength: 200 }),
    url: Type.String({ maxLength: 500 }),
    risk: Type.Enum(['yes', 'no']),
  },
  { additionalProperties: false },
);

/** The service catalogue of the console. */
export function cataloguePages(scope: App, ra: Ra): void {
  scope.get(
    '/console/services',
    { config: access('service.list'), schema: { querystring: Query } },
    async (request) => {
      const { standing = '', done } = request.query;
      const entries = await readCatalogue(ra, actorOf(request), { standing: standing === '' ? undefined : standing });
      return cataloguePage(viewOf(ra.site, request), readerOf(ra, request), {
        lines: entries,
        standing,
        mayAdd: may(actorOf(request), 'service.add'),
        done: done && t`The entry was taken out of the catalogue.`,
      });
    },
  );
  scope.get('/console/services.csv', { config: access('service.list') }, async (request, reply) => {
    const entries = await readCatalogue(ra, actorOf(request));
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="services.csv"')
      .send(writeCsv([COLUMNS, ...entries.map(csvRow)]));
  });
  scope.get('/console/services/new', { config: access('service.add') }, (request) => drawNew(ra, request, {}, []));
  scope.post('/console/services', { config: access('service.add'), schema: { body: Form } }, async (request, reply) => {
    assertOwnForm(ra, request);
    const { agency, kind, name, url, risk } = request.body;
    authorise(actorOf(request), 'service.add', agency);
    try {
      const id = await addService(ra, byOf(request), { agencyId: agency, kind, name, url, highRisk: risk === 'yes' });
      return await reply.redirect(`/console/services/${id}?done=added`, 303);
    } catch (error) {
      const field = error instanceof Refusal ? error.violations[0]?.path?.replace('body/', '') : undefined;
      return refuseOnPage(request, error, (text) =>
        drawNew(ra, request, request.body, [{ ...(field === undefined ? {} : { field }), text }]),
      );
    }
  });
  serviceRoutes(scope, ra);
}

async function drawNew(
  ra: Ra,
  request: FastifyRequest,
  sent: Parameters<typeof newServicePage>[2]['sent'],
  errors: readonly FieldError[],
): Promise<string> {
  const own = agencyOf(actorOf(request));
  const agencies = [...ra.authority.current.agencies.values()]
    .filter(({ agencyId, status }) => status !== 'removed' && (own === undefined || agencyId === own))
    .map(({ agencyId, name }) => ({ id: agencyId, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return newServicePage(viewOf(ra.site, request), readerOf(ra, request), { agencies, sent, errors });
}

const COLUMNS = [
  'name',
  'url',
  'kind',
  'agency',
  'high_risk',
  'not_after',
  'days_left',
  'content_reviewed_on',
  'review_due',
  'open_findings',
  'next_finding_due',
];

function csvRow(entry: CatalogueEntry): readonly string[] {
  return [
    entry.name,
    entry.url,
    entry.kind,
    entry.agencyName,
    entry.highRisk ? 'yes' : 'no',
    entry.notAfter?.toISOString() ?? '',
    entry.daysLeft === null ? '' : String(entry.daysLeft),
    entry.reviewedOn ?? '',
    entry.nextReviewAt.toISOString().slice(0, 10),
    String(entry.openFindings),
    entry.findingDueOn ?? '',
  ];
}
