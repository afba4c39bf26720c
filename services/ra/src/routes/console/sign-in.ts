import { withTransaction, writeAudit } from '@see/db';
import { endSession, findToken, insertSession } from '@see/db/ra';
import { type App, assertOwnOrigin, isTokenText, type Limit, type SessionCookie, Type, tokenDigest } from '@see/http';
import { signInPage } from '@see/ui';
import { auditActor } from '../../audit-actor.ts';
import { sessionDigest } from '../../authenticate.ts';
import { access } from '../../permissions.ts';
import { type Ra, seconds } from '../../ra.ts';
import { isRoleInForce } from '../../role-in-force.ts';
import { assertOwnForm } from './session.ts';

const Body = Type.Object(
  { token: Type.String({ maxLength: 200 }), next: Type.Optional(Type.String({ maxLength: 4096 })) },
  { additionalProperties: false },
);

/** Signing in with an access token and signing out. The token itself is not kept; the cookie names a session row. */
export function signInRoutes(scope: App, ra: Ra, cookie: SessionCookie, limit: Limit): void {
  const config = { operation: 'console.sign-in', public: true } as const;
  scope.get(
    '/console/sign-in',
    { config, schema: { querystring: Type.Object({ next: Type.Optional(Type.String({ maxLength: 4096 })) }) } },
    async (request) => signInPage(ra.site, placeInConsole(request.query.next)),
  );
  scope.post('/console/sign-in', { config, schema: { body: Body }, preHandler: limit }, async (request, reply) => {
    assertOwnOrigin(request, ra.site.urls.portal);
    const next = placeInConsole(request.body.next);
    const token = request.body.token.trim();
    const now = ra.now();
    const known = isTokenText(token) ? await findToken(ra.db, tokenDigest(token), now) : undefined;
    const holder = known && isRoleInForce(ra.authority.current, known, seconds(now)) ? known : undefined;
    const address = request.socket.remoteAddress;
    const by = { method: 'token', ...(address === undefined ? {} : { address }) };
    if (!holder) {
      const event = {
        kind: 'access.sign-in',
        outcome: 'failure',
        actor: by,
        objectType: 'session',
        objectId: request.id,
      } as const;
      await writeAudit(ra.db, [event]);
      const text =
        token === ''
          ? 'Enter your access token.'
          : 'This token is not accepted. Check that it is complete; it may have expired. See token create makes a new one.';
      return reply.code(token === '' ? 400 : 401).send(signInPage(ra.site, next, [{ field: 'token', text }]));
    }
    const value = Buffer.from(ra.randomBytes(32)).toString('base64url');
    await withTransaction(ra.db, async (tx) => {
      const formToken = Buffer.from(ra.randomBytes(32)).toString('base64url');
      await insertSession(tx, sessionDigest(value), holder.id, formToken, now);
      const actor = { ...by, personId: holder.personId, role: holder.role };
      await writeAudit(tx, [
        { kind: 'access.sign-in', outcome: 'success', actor, objectType: 'session', objectId: holder.id },
      ]);
    });
    cookie.set(reply, value);
    return reply.redirect(next, 303);
  });
  scope.post(
    '/console/sign-out',
    {
      config: access('console.sign-out'),
      schema: { body: Type.Object({ formToken: Type.String({ maxLength: 100 }) }, { additionalProperties: false }) },
    },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const value = cookie.read(request);
      if (value !== undefined) {
        await withTransaction(ra.db, async (tx) => {
          await endSession(tx, sessionDigest(value), ra.now());
          const objectId = request.actor?.tokenId ?? request.id;
          await writeAudit(tx, [
            {
              kind: 'access.sign-out',
              outcome: 'success',
              actor: auditActor(request),
              objectType: 'session',
              objectId,
            },
          ]);
        });
      }
      cookie.clear(reply);
      return reply.redirect('/console/sign-in', 303);
    },
  );
}

/** Where to go after signing in: a place in the console and nowhere else. */
function placeInConsole(next: string | undefined): string {
  return next !== undefined &&
    /^\/console(?:[/?][A-Za-z0-9\-._~/?&=%+:@]*)?$/.test(next) &&
    !next.startsWith('/console/sign-')
    ? next
    : '/console';
}
