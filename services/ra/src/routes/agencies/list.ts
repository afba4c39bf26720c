import { type App, actorOf, Type } from '@see/http';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencySchema, agencyView } from '../../schemas/agency.ts';

export function listAgencies(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/agencies',
    {
      config: access('agency.list'),
      schema: {
        summary: 'Agencies that are or were members',
        tags: ['agencies'],
        response: { 200: Type.Object({ items: Type.Array(AgencySchema) }) },
      },
    },
    async (request) => {
      const own = agencyOf(actorOf(request));
      const all = [...ra.authority.current.agencies.values()].sort((a, b) => a.name.localeCompare(b.name));
      return { items: all.filter((agency) => own === undefined || agency.agencyId === own).map(agencyView) };
    },
  );
}
