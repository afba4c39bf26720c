import { type App, actorOf, Type } from '@see/http';
import { RECORD_STANDINGS } from '@see/policy';
import { catalogueEntry, readCatalogue } from '../../operations/catalogue/read-catalogue.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Uuid } from '../../schemas/fields.ts';
import { ServiceSchema, serviceView } from '../../schemas/service.ts';

export function listServiceRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/services',
    {
      config: access('service.list'),
      schema: {
        summary: 'The service catalogue: services and sites that rely on the scheme',
        description:
          'Those whose review or finding is late come first, then by the days that their certificate has left.',
        tags: ['services'],
        querystring: Type.Object(
          { agency: Type.Optional(AgencyId), standing: Type.Optional(Type.Enum([...RECORD_STANDINGS])) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(ServiceSchema) }) },
      },
    },
    async (request) => {
      const { agency: agencyId, standing } = request.query;
      return { items: (await readCatalogue(ra, actorOf(request), { agencyId, standing })).map(serviceView) };
    },
  );
  scope.get(
    '/api/v1/services/:id',
    {
      config: access('service.show'),
      schema: {
        summary: 'A service or site of the catalogue',
        tags: ['services'],
        params: Type.Object({ id: Uuid }),
        response: { 200: ServiceSchema },
      },
    },
    async (request) => serviceView(await catalogueEntry(ra, actorOf(request), 'service.show', request.params.id)),
  );
}
