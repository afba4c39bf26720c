import { actorOf, assertFormToken, assertOwnOrigin, assertRole, doorOf, type SessionCookie } from '@see/http';
import type { ConsolePlace, ConsoleReader } from '@see/ui';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ConsoleSession, readSession, sessionRequired } from '../../authenticate.ts';
import { may, type Operation } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';

/** The session of a request that passed `requireSession`. */
const sessions = new WeakMap<FastifyRequest, ConsoleSession>();

/**
 * Installs the console's authentication: pages without a session lead to the sign-in page and back; forms without one
 * are refused. Roles are those of the route. Runs before a body is read.
 */
export function requireSession(ra: Ra, cookie: SessionCookie) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { config } = request.routeOptions;
    if (config.public === true) return undefined;
    const session = await readSession(ra, cookie, request);
    if (!session) {
      if (request.method !== 'GET' && request.method !== 'HEAD') throw sessionRequired();
      return reply.redirect(`/console/sign-in?next=${encodeURIComponent(request.url)}`, 303);
    }
    request.actor = session.actor;
    sessions.set(request, session);
    assertRole(session.actor, config.roles ?? []);
    return undefined;
  };
}

/** Refuses a form that is not from our own page in this session. */
export function assertOwnForm(ra: Ra, request: FastifyRequest): void {
  assertOwnOrigin(request, ra.doors[doorOf(request)]);
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  assertFormToken(body['formToken'], sessions.get(request)?.formToken ?? '\0');
}

const PLACES: readonly (readonly [ConsolePlace, Operation])[] = [
  ['home', 'console.home'],
  ['orders', 'order.list'],
  ['certificates', 'certificate.list'],
  ['people', 'person.list'],
  ['agencies', 'agency.list'],
  ['reviews', 'access-review.list'],
  ['audit', 'audit.list'],
  ['services', 'service.list'],
  ['figures', 'figures.show'],
];

/** Who reads, as the pages show it, with the places that their role may open. */
export function readerOf(ra: Ra, request: FastifyRequest): ConsoleReader {
  const actor = actorOf(request);
  const session = sessions.get(request);
  const agency = actor.agencyId === undefined ? undefined : ra.authority.current.agencies.get(actor.agencyId)?.name;
  return {
    name: session?.displayName ?? actor.name,
    role: actor.role,
    ...(agency === undefined ? {} : { agency }),
    formToken: session?.formToken ?? '',
    places: PLACES.filter(([, operation]) => may(actor, operation)).map(([place]) => place),
  };
}
