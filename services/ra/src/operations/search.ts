import { findPerson, listOrders, listPeople, type OrderRow, type Person } from '@see/db/ra';
import type { Actor } from '@see/http';
import { agencyOf, may } from '../permissions.ts';
import type { Ra } from '../ra.ts';
import { certificatePage } from './certificate-view.ts';
import { searchFilter } from './find-certificate.ts';
import { orderFilter } from './find-order-text.ts';

/** The most of each kind that one search gives; the lists have the rest. */
const MOST = 10;

export interface Found {
  readonly people: { readonly rows: readonly Person[]; readonly more: boolean };
  readonly agencies: readonly { readonly id: string; readonly name: string; readonly status: string }[];
  readonly orders: { readonly rows: readonly OrderRow[]; readonly more: boolean };
  readonly certificates: {
    readonly items: Awaited<ReturnType<typeof certificatePage>>['items'];
    readonly more: boolean;
  };
  /** The text names one thing and not the start of many: an id, a number, a hash or a whole address. */
  readonly exact: boolean;
}

const EXACT =
  /^(?:[0-9a-f]{8}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:[0-9a-f]{2}){8,32}|[0-9a-hjkmnp-tv-z]{16}|\S+@\S+)$/;

/** Finds people, agencies, orders and certificates by whatever somebody has in their hands, as far as the actor may see them. */
export async function search(ra: Ra, actor: Actor, text: string): Promise<Found> {
  const agencyId = agencyOf(actor);
  const own = agencyId === undefined ? {} : { agencyId };
  const [people, orders, certificates] = await Promise.all([
    may(actor, 'person.list') ? findPeople(ra, text, agencyId) : { rows: [], next: undefined },
    listOrders(ra.db, { ...orderFilter(text), ...own }, MOST, undefined),
    certificatePage(ra, { ...searchFilter(text), ...own }, MOST, undefined),
  ]);
  const plain = text.toLowerCase();
  const agencies = [...ra.authority.current.agencies.values()]
    .filter((one) => agencyId === undefined || one.agencyId === agencyId)
    .filter(
      ({ agencyId: id, name, domains, organizationNames }) =>
        id === plain ||
        domains.includes(plain) ||
        [name, ...organizationNames].some((known) => known.toLowerCase().includes(plain)),
    )
    .slice(0, MOST)
    .map(({ agencyId: id, name, status }) => ({ id, name, status }));
  return {
    people: { rows: people.rows, more: people.next !== undefined },
    agencies,
    orders: { rows: orders.rows, more: orders.next !== undefined },
    certificates: { items: certificates.items, more: certificates.next !== undefined },
    exact: EXACT.test(plain.replaceAll(/[\s:]/g, '')),
  };
}

async function findPeople(ra: Ra, text: string, agencyId: string | undefined) {
  if (/^[0-9A-HJKMNP-TV-Z]{16}$/i.test(text)) {
    const person = await findPerson(ra.db, text.toUpperCase());
    if (person && (agencyId === undefined || person.agencyId === agencyId)) return { rows: [person], next: undefined };
  }
  return listPeople(ra.db, { search: text, ...(agencyId === undefined ? {} : { agencyId }) }, MOST, undefined);
}
