import { listOrders, type OrderFilter, type OrderRow } from '@see/db/ra';
import { ORDER_STATES } from '@see/domain';
import { type Actor, type App, actorOf, Type } from '@see/http';
import { ordersPage, viewOf } from '@see/ui';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { orderFilter } from '../../operations/find-order-text.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { agencyOptions } from './agency-options.ts';
import { sendCsv } from './csv-download.ts';
import { listAddress } from './query.ts';
import { readerOf } from './session.ts';

const PAGE = 50;

const filters = {
  state: Type.Optional(Type.Enum(['all', ...ORDER_STATES])),
  risk: Type.Optional(Type.Enum(['all', 'true', 'false'])),
  agency: Type.Optional(Type.String({ pattern: '^(?:[a-z0-9][a-z0-9-]{0,62})?$' })),
  q: Type.Optional(Type.String({ maxLength: 254 })),
};
const Query = Type.Object(
  { ...filters, cursor: Type.Optional(Type.String({ maxLength: 600 })) },
  { additionalProperties: false },
);
const CsvQuery = Type.Object(filters, { additionalProperties: false });

interface Asked {
  readonly state?: string;
  readonly risk?: string;
  readonly agency?: string;
  readonly q?: string;
}

/** The list of orders, and the same as a file. */
export function ordersRoute(scope: App, ra: Ra): void {
  scope.get('/console/orders', { config: access('order.list'), schema: { querystring: Query } }, async (request) => {
    const { state = 'pending', risk = 'all', agency = '', cursor } = request.query;
    const search = (request.query.q ?? '').trim();
    const actor = actorOf(request);
    const page = await listOrders(ra.db, filterOf(actor, request.query), PAGE, readTimeCursor(cursor));
    const { agencies } = ra.authority.current;
    const members = { state, risk: risk === 'all' ? undefined : risk, agency, q: search };
    const here = (at: string | undefined): string => listAddress('/console/orders', { ...members, cursor: at });
    return ordersPage(viewOf(ra.site, request), readerOf(ra, request), {
      now: ra.now(),
      state,
      search,
      risk,
      agency,
      agencies: agencyOptions(ra, actor),
      orders: page.rows.map((order) => ({
        ...order,
        agency: agencies.get(order.agencyId)?.name ?? order.agencyId,
        risks: order.risk?.reasons.map(({ reason }) => reason) ?? [],
      })),
      first: cursor === undefined ? undefined : here(undefined),
      next: page.next && here(writeCursor([page.next.createdAt.getTime(), page.next.id])),
      csv: listAddress('/console/orders.csv', members),
    });
  });
  scope.get(
    '/console/orders.csv',
    { config: access('order.list'), schema: { querystring: CsvQuery } },
    async (request, reply) => {
      const filter = filterOf(actorOf(request), request.query);
      return sendCsv(reply, 'orders', HEAD, async (size, after: OrderRow | undefined) => {
        const page = await listOrders(ra.db, filter, size, after);
        return { rows: page.rows.map(cells), next: page.next && page.rows.at(-1) };
      });
    },
  );
}

const HEAD = [
  'order',
  'state',
  'reason',
  'agency',
  'for',
  'names',
  'profiles',
  'approvals',
  'needed',
  'risks',
  'made',
  'approve before',
];

function cells(order: OrderRow): readonly string[] {
  return [
    order.id,
    order.state,
    order.stateReason ?? '',
    order.agencyId,
    order.subject,
    order.names.join(' '),
    order.profiles.join(' '),
    String(order.approvals),
    String(order.quorum),
    order.risk?.reasons.map(({ code }) => code).join(' ') ?? '',
    order.createdAt.toISOString(),
    order.approveBefore.toISOString(),
  ];
}

function filterOf(actor: Actor, { state = 'pending', risk = 'all', agency = '', q = '' }: Asked): OrderFilter {
  const agencyId = agencyOf(actor) ?? (agency === '' ? undefined : agency);
  const known = ORDER_STATES.find((one) => one === state);
  return {
    ...(known ? { state: known } : {}),
    ...(agencyId === undefined ? {} : { agencyId }),
    ...(risk === 'all' ? {} : { risk: risk === 'true' }),
    ...(q.trim() === '' ? {} : orderFilter(q)),
  };
}
