import { type App, Type } from '@see/http';
import { figuresPage, reportPage, viewOf } from '@see/ui';
import { readFigures } from '../../operations/figures/read-figures.ts';
import { readReport, reportMonths } from '../../operations/figures/read-report.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Month } from '../../schemas/fields.ts';
import { readerOf } from './session.ts';

/** Pictures of the service, and its monthly reports. */
export function figuresRoutes(scope: App, ra: Ra): void {
  scope.get('/console/figures', { config: access('figures.show') }, async (request) => {
    const [figures, reports] = await Promise.all([readFigures(ra), reportMonths(ra)]);
    return figuresPage(viewOf(ra.site, request), readerOf(ra, request), { ...figures, reports });
  });
  scope.get(
    '/console/reports/:month',
    { config: access('report.show'), schema: { params: Type.Object({ month: Month }) } },
    async (request) =>
      reportPage(viewOf(ra.site, request), readerOf(ra, request), await readReport(ra, request.params.month)),
  );
}
