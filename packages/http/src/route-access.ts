import type { Role } from '@see/domain';
import type { FastifyRequest, RouteOptions } from 'fastify';
import type { Actor } from './actor.ts';
import type { App } from './app.ts';
import { Refusal } from './problem.ts';

/** Who may use a route. Every route says so, or the service does not start. */
export interface RouteAccess {
  /** The stable name of the operation, `order.list`; also the operationId in OpenAPI and the name in logs. */
  readonly operation: string;
  readonly roles?: readonly Role[];
  readonly public?: true;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: string;
    roles?: readonly Role[];
    public?: true;
  }
  interface FastifyRequest {
    actor: Actor | null;
  }
}

/** Makes the start of the service fail when a route does not name its operation and exactly one of roles and public. */
export function requireRouteAccess(app: App): void {
  app.addHook('onRoute', (route: RouteOptions) => {
    const config = route.config;
    const place = `${String(route.method)} ${route.url}`;
    if (!config?.operation || !/^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*$/.test(config.operation)) {
      throw new TypeError(`route ${place} names no operation`);
    }
    if ((config.public === true) === (config.roles !== undefined && config.roles.length > 0)) {
      throw new TypeError(`route ${place} must be public or name its roles`);
    }
  });
}

/** Finds out who makes a request, or throws Refusal. */
export type Authenticate = (request: FastifyRequest) => Promise<Actor>;

/**
 * Installs authentication in a scope. It runs before the body is read; routes marked public are let through with
 * `request.actor` null.
 */
export function authenticateRoutes(scope: App, authenticate: Authenticate): void {
  scope.addHook('onRequest', async (request) => {
    const config = request.routeOptions.config;
    if (config.public === true) return;
    request.actor = await authenticate(request);
    assertRole(request.actor, config.roles ?? []);
  });
}

/** Refuses an actor whose role is not among those named. */
export function assertRole(actor: Actor, roles: readonly Role[]): void {
  if (roles.includes(actor.role)) return;
  throw new Refusal(
    'forbidden',
    actor.method === 'token'
      ? `This needs the role ${roles.join(' or ')}; your token has the role ${actor.role}. Ask for a token of that role.`
      : `This needs the role ${roles.join(' or ')}; you act as ${actor.role}.`,
  );
}

/** The actor of a request that passed authentication. */
export function actorOf(request: FastifyRequest): Actor {
  if (!request.actor) throw new Refusal('token-required', 'Send an access token.');
  return request.actor;
}
