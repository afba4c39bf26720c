import { type App, Type } from '@see/http';
import {
  enrolPage,
  referencePage,
  renewPage,
  revokePage,
  startPage,
  unreadableReference,
  type View,
  viewOf,
} from '@see/ui';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { doneRoute } from './done.ts';
import { installRoutes } from './install.ts';
import { recoverRoute } from './recover.ts';

const REFERENCE = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/** The pages that anybody may read. None of them knows anything about an order; the enrolment page asks the API. */
export function portalRoutes(scope: App, ra: Ra): void {
  const { site } = ra;
  const pages: readonly (readonly [string, string, (view: View) => string])[] = [
    ['/', 'portal.start', startPage],
    ['/revoke', 'portal.revoke', revokePage],
    ['/renew', 'portal.renew', renewPage],
  ];
  for (const [path, operation, page] of pages) {
    scope.get(path, { config: { operation, public: true } }, async (request) => page(viewOf(site, request)));
  }
  installRoutes(scope, ra);
  doneRoute(scope, ra);
  recoverRoute(scope, ra);
  scope.get(
    '/enrol',
    {
      config: { operation: 'portal.reference', public: true },
      schema: { querystring: Type.Object({ order: Type.Optional(Type.String({ maxLength: 300 })) }) },
    },
    async (request, reply) => {
      const { order } = request.query;
      if (order === undefined) return referencePage(viewOf(site, request));
      const found = REFERENCE.exec(order.toLowerCase())?.[0];
      if (found) return reply.redirect(`/enrol/${found}`, 303);
      const shown = order.slice(0, 100);
      return reply.code(400).send(referencePage(viewOf(site, request), shown, unreadableReference(shown)));
    },
  );
  scope.get(
    '/enrol/:orderId',
    { config: { operation: 'portal.enrol', public: true }, schema: { params: Type.Object({ orderId: Uuid }) } },
    async (request) => enrolPage(viewOf(site, request), request.params.orderId),
  );
}
