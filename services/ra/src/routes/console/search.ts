import { type App, actorOf, Type } from '@see/http';
import { searchPage, viewOf } from '@see/ui';
import { type Found, search } from '../../operations/search.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { certificateLines } from './certificates.ts';
import { listAddress } from './query.ts';
import { readerOf } from './session.ts';

const NOTHING: Found = {
  people: { rows: [], more: false },
  agencies: [],
  orders: { rows: [], more: false },
  certificates: { items: [], more: false },
  exact: false,
};

/** One box for everything. What names one thing alone leads there at once. */
export function searchRoute(scope: App, ra: Ra): void {
  scope.get(
    '/console/search',
    {
      config: access('search.show'),
      schema: {
        querystring: Type.Object(
          { q: Type.Optional(Type.String({ maxLength: 254 })) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const text = (request.query.q ?? '').trim();
      const found = text === '' ? NOTHING : await search(ra, actorOf(request), text);
      const only = found.exact ? onlyPlace(found) : undefined;
      if (only) return reply.redirect(only, 303);
      const { people, orders, certificates } = found;
      const agency = (id: string | null): string => ra.authority.current.agencies.get(id ?? '')?.name ?? id ?? '–';
      return searchPage(viewOf(ra.site, request), readerOf(ra, request), {
        now: ra.now(),
        search: text,
        people: {
          lines: people.rows.map(({ id, displayName: name, email, agencyId }) => ({
            id,
            name,
            email,
            agency: agency(agencyId),
          })),
          more: people.more ? listAddress('/console/people', { q: text }) : undefined,
        },
        agencies: found.agencies,
        orders: {
          lines: orders.rows.map((order) => ({ ...order, agency: agency(order.agencyId) })),
          more: orders.more ? listAddress('/console/orders', { state: 'all', q: text }) : undefined,
        },
        certificates: {
          lines: await certificateLines(ra, certificates.items),
          more: certificates.more ? listAddress('/console/certificates', { q: text }) : undefined,
        },
      });
    },
  );
}

/** The one thing that was found; undefined when there are several, or none. */
function onlyPlace({ people, agencies, orders, certificates }: Found): string | undefined {
  const places = [
    ...people.rows.map(({ id }) => `/console/people/${id}`),
    ...agencies.map(({ id }) => `/console/agencies/${id}`),
    ...orders.rows.map(({ id }) => `/console/orders/${id}`),
    ...certificates.items.map(({ sha256 }) => `/console/certificates/${sha256}`),
  ];
  return places.length === 1 ? places[0] : undefined;
}
