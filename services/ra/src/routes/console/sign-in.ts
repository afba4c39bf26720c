import { withTransaction, writeAudit } from '@see/db';
import { endSessions } from '@see/db/ra';
import { type App, actorOf, assertOwnOrigin, doorOf, type Limit, type SessionCookie, Type } from '@see/http';
import { t } from '@see/language';
import { english } from '@see/ui';
import { addressOf, auditActor } from '../../audit-actor.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { endSessionBefore } from '../../sign-in/end-sessions.ts';
import type { SignInOutcome } from '../../sign-in/open-session.ts';
import { signInWithToken } from '../../sign-in/sign-in-with-token.ts';
import { certificateSignIn } from './certificate-sign-in.ts';
import { drawSignIn } from './draw-sign-in.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { placeInConsole } from './query.ts';
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
    async (request) => {
      const next = placeInConsole(request.query.next);
      return doorOf(request) === 'mtls' ? certificateSignIn(ra, request, next) : drawSignIn(ra, request, next);
    },
  );
  scope.post('/console/sign-in', { config, schema: { body: Body }, preHandler: limit }, async (request, reply) => {
    assertOwnOrigin(request, ra.doors[doorOf(request)]);
    const next = placeInConsole(request.body.next);
    const token = request.body.token.trim();
    if (token === '')
      return reply.code(400).send(drawSignIn(ra, request, next, { errors: [t`Enter your access token.`] }));
    let outcome: SignInOutcome;
    try {
      outcome = await signInWithToken(ra, token, addressOf(request));
    } catch (error) {
      return refuseOnPage(request, error, async (text) => drawSignIn(ra, request, next, { errors: [english(text)] }));
    }
    if ('refusal' in outcome) {
      return reply
        .code(outcome.refusal.status)
        .send(drawSignIn(ra, request, next, { errors: [english(outcome.refusal.detail)] }));
    }
    await endSessionBefore(ra, cookie.read(request));
    cookie.set(reply, outcome.cookie);
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
      const { sessionId, personId } = actorOf(request);
      await withTransaction(ra.db, async (tx) => {
        const ended = await endSessions(tx, sessionId ? [sessionId] : [], 'signed-out', personId, ra.now());
        await writeAudit(
          tx,
          ended.map((objectId) => ({
            kind: 'access.sign-out',
            outcome: 'success',
            actor: auditActor(request),
            objectType: 'session',
            objectId,
          })),
        );
      });
      cookie.clear(reply);
      return reply.redirect('/console/sign-in', 303);
    },
  );
}
