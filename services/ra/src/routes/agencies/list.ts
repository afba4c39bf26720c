import { type App, actorOf, Type } from '@see/http';
import { verifiersOf } from '../../operations/records/agency-records.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencySchema, agencyView } from '../../schemas/agency.ts';
import { StandingSchema } from '../../schemas/person.ts';

export function listAgencies(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/agencies',
    {
      config: access('agency.list'),
      schema: {
        summary: 'Agencies that are or were members',
        tags: ['agencies'],
        querystring: Type.Object({ standing: Type.Optional(StandingSchema) }, { additionalProperties: false }),
        response: { 200: Type.Object({ items: Type.Array(AgencySchema) }) },
      },
    },
    async (request) => {
      const own = agencyOf(actorOf(request));
      const all = [...ra.authority.current.agencies.values()].sort((a, b) => a.name.localeCompare(b.name));
      const now = ra.now();
      const wanted = all.filter((agency) => own === undefined || agency.agencyId === own);
      const verifiers = await verifiersOf(ra, wanted);
      const views = wanted.map((agency) => agencyView(agency, verifiers.get(agency.agencyId) ?? [], now));
      const { standing } = request.query;
      return { items: views.filter((view) => standing === undefined || view.standing === standing) };
    },
  );
}
