import { type App, assertOwnOrigin, doorOf, type Limit, Type } from '@see/http';
import { accountReturnPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { addressOf } from '../../audit-actor.ts';
import type { Ra } from '../../ra.ts';
import { endSessionBefore } from '../../sign-in/end-sessions.ts';
import { beginOidcSignIn, offeredProvider, signInWithOidc } from '../../sign-in/sign-in-with-oidc.ts';
import { drawSignIn } from './draw-sign-in.ts';
import type { SignInCookies } from './passkey.ts';
import { placeInConsole } from './query.ts';

const CALLBACK = '/console/sign-in/oidc/callback';
const FINISH = '/console/sign-in/oidc/finish';
/** What of the provider's answer is read (OpenID Connect Core 3.1.2.5, RFC 9207); what else it sends is left. */
const Answer = Type.Object({
  code: Type.Optional(Type.String({ maxLength: 2048 })),
  state: Type.Optional(Type.String({ maxLength: 200 })),
  iss: Type.Optional(Type.String({ maxLength: 500 })),
  error: Type.Optional(Type.String({ maxLength: 100 })),
});
const config = { operation: 'console.sign-in-oidc', public: true } as const;

/** Signing in by an account at the site's OpenID provider: away, back, and on. */
export function oidcRoutes(scope: App, ra: Ra, { session, ceremony }: SignInCookies, limit: Limit): void {
  scope.get(
    '/console/sign-in/oidc',
    {
      config,
      schema: { querystring: Type.Object({ next: Type.Optional(Type.String({ maxLength: 4096 })) }) },
      preHandler: limit,
    },
    async (request, reply) => {
      assertOwnOrigin(request, ra.doors[doorOf(request)]);
      const next = placeInConsole(request.query.next);
      const { url, cookie } = await beginOidcSignIn(ra, `${originOf(ra, request)}${CALLBACK}`, next);
      ceremony.set(reply, cookie);
      return reply.redirect(url, 303);
    },
  );
  scope.get(CALLBACK, { config, schema: { querystring: Answer }, preHandler: limit }, async (request) =>
    accountReturnPage(
      viewOf(ra.site, request),
      offeredProvider(ra).name,
      `${FINISH}?${readAnswer(request.query).toString()}`,
    ),
  );
  scope.get(FINISH, { config, schema: { querystring: Answer }, preHandler: limit }, async (request, reply) => {
    const cookie = ceremony.read(request);
    ceremony.clear(reply);
    const { outcome, next } = await signInWithOidc(ra, cookie, readAnswer(request.query), addressOf(request));
    if ('refusal' in outcome) {
      const { status, detail } = outcome.refusal;
      return reply.code(status).send(drawSignIn(ra, request, next, { notice: detail }));
    }
    if ('choiceCookie' in outcome) {
      ceremony.set(reply, outcome.choiceCookie);
      return reply.redirect(`/console/sign-in/role?next=${encodeURIComponent(next)}`, 303);
    }
    await endSessionBefore(ra, session.read(request));
    session.set(reply, outcome.cookie);
    return reply.redirect(next, 303);
  });
}

function readAnswer(query: Readonly<Record<string, string | undefined>>): URLSearchParams {
  const answer = new URLSearchParams();
  for (const name of Object.keys(Answer.properties)) {
    const value = query[name];
    if (value !== undefined) answer.set(name, value);
  }
  return answer;
}

/** The origin at which the reader is, if it is one of the door's, else its first: the header chooses and is not believed. */
function originOf(ra: Ra, request: FastifyRequest): string {
  const origins = ra.doors[doorOf(request)];
  return origins.find((origin) => new URL(origin).host === request.headers.host) ?? origins[0] ?? '';
}
