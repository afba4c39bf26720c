import { type App, Type } from '@see/http';
import { reportDocument, speechIn, viewOf } from '@see/ui';
import { readReport, reportMonths } from '../../operations/figures/read-report.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Month } from '../../schemas/fields.ts';

export function reportRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/reports',
    {
      config: access('report.list'),
      schema: {
        summary: 'Months of which there is a report',
        tags: ['status'],
        response: { 200: Type.Object({ items: Type.Array(Month) }) },
      },
    },
    async () => ({ items: [...(await reportMonths(ra))] }),
  );
  scope.get(
    '/api/v1/reports/:month',
    {
      config: access('report.download'),
      schema: {
        summary: 'The report of a month, as a page (HTML)',
        description: 'In English unless another language is asked for. Days are those of New Zealand.',
        tags: ['status'],
        params: Type.Object({ month: Month }),
        querystring: Type.Object({ language: Type.Optional(Type.Enum(['en', 'mi'])) }, { additionalProperties: false }),
        response: { 200: { description: 'The page', content: { 'text/html': { schema: Type.String() } } } },
      },
    },
    async (request, reply) => {
      const report = await readReport(ra, request.params.month);
      const view = { ...viewOf(ra.site, request), speech: speechIn(request.query.language ?? 'en') };
      return reply.type('text/html; charset=utf-8').send(reportDocument(view, report));
    },
  );
}
