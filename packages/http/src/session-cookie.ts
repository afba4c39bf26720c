import cookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';

/**
 * The cookie that names a session. Over https it has the `__Host-` prefix and Secure; on plain http, which only
 * localhost is, it can have neither. Always HttpOnly and SameSite=Strict, and it ends with the browser.
 */
export interface SessionCookie {
  read(request: FastifyRequest): string | undefined;
  set(reply: FastifyReply, value: string): void;
  clear(reply: FastifyReply): void;
}

const VALUE = /^[A-Za-z0-9_-]{43}$/;

export async function sessionCookie(app: App, name: string, https: boolean): Promise<SessionCookie> {
  if (!app.hasPlugin('@fastify/cookie')) await app.register(cookie);
  const full = https ? `__Host-${name}` : name;
  const attributes = { path: '/', httpOnly: true, secure: https, sameSite: 'strict' } as const;
  return {
    read: (request) => {
      const value = request.cookies[full];
      return value !== undefined && VALUE.test(value) ? value : undefined;
    },
    set: (reply, value) => {
      reply.setCookie(full, value, attributes);
    },
    clear: (reply) => {
      reply.clearCookie(full, attributes);
    },
  };
}
