import { readPersonNames } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { agenciesPage, agencyPage, viewOf } from '@see/ui';
import { access, agencyOf, authorise, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId } from '../../schemas/fields.ts';
import { readerOf } from './session.ts';

export function agencyRoutes(scope: App, ra: Ra): void {
  scope.get('/console/agencies', { config: access('agency.list') }, async (request) => {
    const own = agencyOf(actorOf(request));
    const agencies = [...ra.authority.current.agencies.values()]
      .filter((agency) => own === undefined || agency.agencyId === own)
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(({ agencyId, name, status, domains, nextReviewAt }) => ({
        id: agencyId,
        name,
        status,
        domains,
        nextReviewAt: dateOf(nextReviewAt),
      }));
    const feeds = may(actorOf(request), 'hr-report.list');
    return agenciesPage(viewOf(ra.site, request), readerOf(ra, request), ra.now(), agencies, feeds);
  });
  scope.get(
    '/console/agencies/:id',
    { config: access('agency.show'), schema: { params: Type.Object({ id: AgencyId }) } },
    async (request) => {
      authorise(actorOf(request), 'agency.show', request.params.id);
      const agency = ra.authority.current.agencies.get(request.params.id);
      if (!agency) throw new Refusal('not-found', 'There is no agency with this id.');
      const people = await readPersonNames(
        ra.db,
        agency.delegations.map(({ personId }) => personId),
      );
      return agencyPage(viewOf(ra.site, request), readerOf(ra, request), ra.now(), {
        ...agency,
        id: agency.agencyId,
        membership: agency.membership && { ...agency.membership, start: dateOf(agency.membership.start) },
        delegations: agency.delegations.map(({ personId, role, from, until, instrument }) => ({
          name: people.get(personId) ?? personId,
          role,
          from: dateOf(from),
          until: dateOf(until),
          instrument,
        })),
        lastVerifiedAt: dateOf(agency.lastVerifiedAt),
        nextReviewAt: dateOf(agency.nextReviewAt),
        scopeDigest: agency.digest,
      });
    },
  );
}

function dateOf(seconds: number): Date {
  return new Date(seconds * 1000);
}
