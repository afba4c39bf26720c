import cookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { doorOf } from './door.ts';

/**
 * The cookie that names a session. Over https, whether a proxy speaks it or we do, it has the `__Host-` prefix and Secure; on
 * plain http, which only localhost is, it can have neither. Always HttpOnly and SameSite=Strict, and it ends with the browser.
 */
export interface SessionCookie {
  read(request: FastifyRequest): string | undefined;
  set(reply: FastifyReply, value: string): void;
  clear(reply: FastifyReply): void;
}

const VALUE = /^[A-Za-z0-9_-]{43}$/;

/** `https` says that clients reach the http door by https too, through a proxy. */
export async function sessionCookie(app: App, name: string, https: boolean): Promise<SessionCookie> {
  if (!app.hasPlugin('@fastify/cookie')) await app.register(cookie);
  const nameFor = (secure: boolean): string => (secure ? `__Host-${name}` : name);
  const isSecure = (request: FastifyRequest): boolean => https || doorOf(request) !== 'http';
  const attributes = (secure: boolean) => ({ path: '/', httpOnly: true, secure, sameSite: 'strict' }) as const;
  return {
    read: (request) => {
      const value = request.cookies[nameFor(isSecure(request))];
      return value !== undefined && VALUE.test(value) ? value : undefined;
    },
    set: (reply, value) => {
      const secure = isSecure(reply.request);
      reply.setCookie(nameFor(secure), value, attributes(secure));
    },
    clear: (reply) => {
      const secure = isSecure(reply.request);
      reply.clearCookie(nameFor(secure), attributes(secure));
    },
  };
}
