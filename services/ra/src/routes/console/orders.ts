import { listOrders } from '@see/db/ra';
import { ORDER_STATES } from '@see/domain';
import { type App, actorOf, Type } from '@see/http';
import { ordersPage, viewOf } from '@see/ui';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { listAddress } from './query.ts';
import { readerOf } from './session.ts';

const PAGE = 50;

const Query = Type.Object(
  {
    state: Type.Optional(Type.Enum(['all', ...ORDER_STATES])),
    risk: Type.Optional(Type.Enum(['all', 'true', 'false'])),
    q: Type.Optional(Type.String({ maxLength: 254 })),
    cursor: Type.Optional(Type.String({ maxLength: 600 })),
  },
  { additionalProperties: false },
);

export function ordersRoute(scope: App, ra: Ra): void {
  scope.get('/console/orders', { config: access('order.list'), schema: { querystring: Query } }, async (request) => {
    const { state = 'pending', risk = 'all', cursor } = request.query;
    const search = (request.query.q ?? '').trim();
    const agencyId = agencyOf(actorOf(request));
    const page = await listOrders(
      ra.db,
      {
        ...(state === 'all' ? {} : { state }),
        ...(agencyId === undefined ? {} : { agencyId }),
        ...(risk === 'all' ? {} : { risk: risk === 'true' }),
        ...(search === '' ? {} : { search }),
      },
      PAGE,
      readTimeCursor(cursor),
    );
    const { agencies } = ra.authority.current;
    const here = (at: string | undefined): string =>
      listAddress('/console/orders', { state, risk: risk === 'all' ? undefined : risk, q: search, cursor: at });
    return ordersPage(viewOf(ra.site, request), readerOf(ra, request), {
      now: ra.now(),
      state,
      search,
      risk,
      orders: page.rows.map((order) => ({
        ...order,
        agency: agencies.get(order.agencyId)?.name ?? order.agencyId,
        risks: order.risk?.reasons.map(({ reason }) => reason) ?? [],
      })),
      first: cursor === undefined ? undefined : here(undefined),
      next: page.next && here(writeCursor([page.next.createdAt.getTime(), page.next.id])),
    });
  });
}
