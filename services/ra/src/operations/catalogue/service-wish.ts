import type { ServiceEntry } from '@see/db/ra';
import { isWithin } from '@see/domain';
import { Refusal } from '@see/http';
import type { Ra } from '../../ra.ts';

/** What somebody says of a service or site. */
export interface ServiceWish {
  readonly agencyId: string;
  readonly kind: 'service' | 'site';
  readonly name: string;
  readonly url: string;
  readonly highRisk: boolean;
}

/**
 * A wish as an entry: https only, without user and password, and the host is one of the agency's domains or below one, so
 * that nobody has us look at somebody else's machines. Throws Refusal `wrong-state`, `invalid-request`.
 */
export function readServiceWish(ra: Ra, wish: ServiceWish): Omit<ServiceEntry, 'id'> {
  const agency = ra.authority.current.agencies.get(wish.agencyId);
  if (!agency || agency.status === 'removed')
    throw new Refusal('wrong-state', `There is no agency ${wish.agencyId}, or it was removed.`);
  const url = URL.parse(wish.url);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '')
    throw wrong('url', 'Give an address that starts with https://, without user and password.');
  const host = url.hostname.toLowerCase();
  if (!agency.domains.some((domain) => isWithin(host, domain))) {
    throw wrong('url', `${host} is not within a domain of ${agency.name} (${agency.domains.join(', ')}).`);
  }
  const name = wish.name.trim();
  if (name.length < 3 || name.length > 120) throw wrong('name', 'Give a name of 3 to 120 characters.');
  return { ...wish, name, url: url.href, host, port: url.port === '' ? 443 : Number(url.port) };
}

function wrong(field: string, message: string): Refusal {
  return new Refusal('invalid-request', message, {
    violations: [{ code: 'wrong-form', path: `body/${field}`, message }],
  });
}
