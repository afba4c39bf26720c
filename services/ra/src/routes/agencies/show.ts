import { type App, actorOf, Refusal, Type } from '@see/http';
import { verifiersOf } from '../../operations/records/agency-records.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencySchema, agencyView } from '../../schemas/agency.ts';
import { AgencyId } from '../../schemas/fields.ts';

export function showAgency(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/agencies/:id',
    {
      config: access('agency.show'),
      schema: {
        summary: 'One agency with its scope in force',
        tags: ['agencies'],
        params: Type.Object({ id: AgencyId }),
        response: { 200: AgencySchema },
      },
    },
    async (request) => {
      authorise(actorOf(request), 'agency.show', request.params.id);
      const agency = ra.authority.current.agencies.get(request.params.id);
      if (!agency) throw new Refusal('not-found', 'There is no agency with this id.');
      const verifiers = await verifiersOf(ra, [agency]);
      return agencyView(agency, verifiers.get(agency.agencyId) ?? [], ra.now());
    },
  );
}
