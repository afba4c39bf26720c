import { type App, Refusal, Type } from '@see/http';
import {
  enrolPage,
  INSTALL_DEVICES,
  type InstallDevice,
  installIndexPage,
  installPage,
  referencePage,
  revokePage,
  type Site,
  startPage,
  type View,
  viewOf,
} from '@see/ui';
import { Uuid } from '../../schemas/fields.ts';

const REFERENCE = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/** The pages that anybody may read. None of them knows anything about an order; the enrolment page asks the API. */
export function portalRoutes(scope: App, site: Site): void {
  const pages: readonly (readonly [string, string, (view: View) => string])[] = [
    ['/', 'portal.start', startPage],
    ['/install', 'portal.install', installIndexPage],
    ['/revoke', 'portal.revoke', revokePage],
  ];
  for (const [path, operation, page] of pages) {
    scope.get(path, { config: { operation, public: true } }, async (request) => page(viewOf(site, request)));
  }
  scope.get(
    '/install/:device',
    {
      config: { operation: 'portal.install-device', public: true },
      schema: { params: Type.Object({ device: Type.String({ maxLength: 40 }) }) },
    },
    async (request) => {
      const device = INSTALL_DEVICES.find((known): known is InstallDevice => known === request.params.device);
      if (!device) throw new Refusal('not-found', 'There are no steps for a device of this name.');
      return installPage(viewOf(site, request), device);
    },
  );
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
      const text =
        'Paste the whole link, or its last part: 36 letters, digits and dashes, like 3f0c6a52-2f43-4c3e-9f4b-0c8f3a5d9a10.';
      return reply
        .code(400)
        .send(referencePage(viewOf(site, request), order.slice(0, 100), [{ field: 'order', text }]));
    },
  );
  scope.get(
    '/enrol/:orderId',
    { config: { operation: 'portal.enrol', public: true }, schema: { params: Type.Object({ orderId: Uuid }) } },
    async (request) => enrolPage(viewOf(site, request), request.params.orderId),
  );
}
