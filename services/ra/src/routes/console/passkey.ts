import { type App, assertOwnOrigin, doorOf, type Limit, type SessionCookie, sendProblem, Type } from '@see/http';
import { chooseRolePage, passkeyPage, roleAt, viewOf } from '@see/ui';
import { addressOf } from '../../audit-actor.ts';
import type { Ra } from '../../ra.ts';
import { chooseRole, rolesToChoose } from '../../sign-in/choose-role.ts';
import { endSessionBefore } from '../../sign-in/end-sessions.ts';
import { passkeyFault } from '../../sign-in/offered.ts';
import { beginRegistration, finishRegistration } from '../../sign-in/register-passkey.ts';
import { beginPasskeySignIn, signInWithPasskey } from '../../sign-in/sign-in-with-passkey.ts';
import { placeInConsole } from './query.ts';

const Octets = (maxLength: number) => Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength });
const Next = Type.Optional(Type.String({ maxLength: 4096 }));
const Assertion = Type.Object(
  {
    id: Octets(1_366),
    clientDataJSON: Octets(4_096),
    authenticatorData: Octets(1_400),
    signature: Octets(160),
    userHandle: Octets(88),
    next: Next,
  },
  { additionalProperties: false },
);
const Registration = Type.Object(
  {
    label: Type.String({ minLength: 1, maxLength: 100 }),
    id: Octets(1_366),
    clientDataJSON: Octets(4_096),
    attestationObject: Octets(8_192),
  },
  { additionalProperties: false },
);
const JSON_TYPE = 'application/json; charset=utf-8';

/** The cookies of these pages: of the session, and the one that binds a challenge to the browser that asked. */
export interface SignInCookies {
  readonly session: SessionCookie;
  readonly ceremony: SessionCookie;
}

/** Signing in by passkey, the choice among several roles after it, and the page behind a registration link. */
export function passkeyRoutes(scope: App, ra: Ra, cookies: SignInCookies, limit: Limit): void {
  signIn(scope, ra, cookies, limit);
  choice(scope, ra, cookies, limit);
  registration(scope, ra, cookies, limit);
}

function signIn(scope: App, ra: Ra, { session, ceremony }: SignInCookies, limit: Limit): void {
  const config = { operation: 'console.sign-in-passkey', public: true } as const;
  const body = Type.Object({}, { additionalProperties: false });
  scope.post(
    '/console/sign-in/passkey/challenge',
    { config, schema: { body }, preHandler: limit },
    async (request, reply) => {
      assertOwnOrigin(request, ra.doors[doorOf(request)]);
      const { cookie, options } = await beginPasskeySignIn(ra);
      ceremony.set(reply, cookie);
      return reply.type(JSON_TYPE).send(options);
    },
  );
  scope.post(
    '/console/sign-in/passkey',
    { config, schema: { body: Assertion }, preHandler: limit },
    async (request, reply) => {
      assertOwnOrigin(request, ra.doors[doorOf(request)]);
      const { next, ...answer } = request.body;
      const outcome = await signInWithPasskey(ra, ceremony.read(request), answer, addressOf(request));
      if ('refusal' in outcome) return sendProblem(outcome.refusal, request, reply, undefined);
      const place = placeInConsole(next);
      if ('choiceCookie' in outcome) {
        ceremony.set(reply, outcome.choiceCookie);
        return reply.type(JSON_TYPE).send({ next: `/console/sign-in/role?next=${encodeURIComponent(place)}` });
      }
      ceremony.clear(reply);
      await endSessionBefore(ra, session.read(request));
      session.set(reply, outcome.cookie);
      return reply.type(JSON_TYPE).send({ next: place });
    },
  );
}

function choice(scope: App, ra: Ra, { session, ceremony }: SignInCookies, limit: Limit): void {
  const config = { operation: 'console.choose-role', public: true } as const;
  const agencyName = (id: string): string => ra.authority.current.agencies.get(id)?.name ?? id;
  scope.get(
    '/console/sign-in/role',
    { config, schema: { querystring: Type.Object({ next: Next }) } },
    async (request, reply) => {
      const roles = await rolesToChoose(ra, ceremony.read(request));
      const next = placeInConsole(request.query.next);
      if (!roles) return reply.redirect(`/console/sign-in?next=${encodeURIComponent(next)}`, 303);
      const options = roles.map(({ role, agencyId }) => ({
        value: agencyId === null ? role : `${role} ${agencyId}`,
        text: roleAt(role, agencyId === null ? undefined : agencyName(agencyId)),
      }));
      return chooseRolePage(viewOf(ra.site, request), next, options);
    },
  );
  const body = Type.Object(
    { as: Type.Optional(Type.String({ maxLength: 100 })), next: Next },
    { additionalProperties: false },
  );
  scope.post('/console/sign-in/role', { config, schema: { body }, preHandler: limit }, async (request, reply) => {
    assertOwnOrigin(request, ra.doors[doorOf(request)]);
    const next = placeInConsole(request.body.next);
    const [role = '', agencyId = null] = (request.body.as ?? '').split(' ');
    if (role === '') return reply.redirect(`/console/sign-in/role?next=${encodeURIComponent(next)}`, 303);
    const outcome = await chooseRole(ra, ceremony.read(request), { role, agencyId }, addressOf(request));
    if ('refusal' in outcome) throw outcome.refusal;
    ceremony.clear(reply);
    await endSessionBefore(ra, session.read(request));
    session.set(reply, outcome.cookie);
    return reply.redirect(next, 303);
  });
}

function registration(scope: App, ra: Ra, { ceremony }: SignInCookies, limit: Limit): void {
  const config = { operation: 'console.register-passkey', public: true } as const;
  scope.get('/console/passkey', { config }, async (request) => passkeyPage(viewOf(ra.site, request), passkeyFault(ra)));
  const body = Type.Object({ link: Octets(200) }, { additionalProperties: false });
  scope.post('/console/passkey/challenge', { config, schema: { body }, preHandler: limit }, async (request, reply) => {
    assertOwnOrigin(request, ra.doors[doorOf(request)]);
    const begun = await beginRegistration(ra, request.body.link, addressOf(request));
    if ('refusal' in begun) return sendProblem(begun.refusal, request, reply, undefined);
    ceremony.set(reply, begun.cookie);
    return reply.type(JSON_TYPE).send({ displayName: begun.displayName, options: begun.options });
  });
  scope.post(
    '/console/passkey',
    { config, schema: { body: Registration }, preHandler: limit },
    async (request, reply) => {
      assertOwnOrigin(request, ra.doors[doorOf(request)]);
      const { label, ...answer } = request.body;
      const done = await finishRegistration(ra, ceremony.read(request), label, answer, addressOf(request));
      ceremony.clear(reply);
      if ('refusal' in done) return sendProblem(done.refusal, request, reply, undefined);
      return reply.code(201).type(JSON_TYPE).send(done);
    },
  );
}
