import { type App, assertOwnOrigin, doorOf, type Limit, Refusal, type SessionCookie, Type } from '@see/http';
import { certificateSignInPage, roleAt, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { addressOf } from '../../audit-actor.ts';
import { operatorClient, rolesOfClient, roleText } from '../../client-certificate/operator-client.ts';
import type { Ra } from '../../ra.ts';
import { endSessionBefore } from '../../sign-in/end-sessions.ts';
import { signInWithCertificate } from '../../sign-in/sign-in-with-certificate.ts';
import { placeInConsole } from './query.ts';

const Body = Type.Object(
  { as: Type.Optional(Type.String({ maxLength: 100 })), next: Type.Optional(Type.String({ maxLength: 4096 })) },
  { additionalProperties: false },
);

/** Signing in with the operator certificate of the connection, at the port for mutual TLS. */
export function certificateSignInRoutes(scope: App, ra: Ra, cookie: SessionCookie, limit: Limit): void {
  scope.post(
    '/console/sign-in/certificate',
    { config: { operation: 'console.sign-in-certificate', public: true }, schema: { body: Body }, preHandler: limit },
    async (request, reply) => {
      assertOwnOrigin(request, ra.doors[doorOf(request)]);
      if (doorOf(request) !== 'mtls')
        throw new Refusal('certificate-required', `Sign in with a certificate at ${ra.doors.mtls[0]}/console/sign-in.`);
      const client = await operatorClient(ra, request);
      const next = placeInConsole(request.body.next);
      const outcome = await signInWithCertificate(ra, client, request.body.as, addressOf(request));
      if ('refusal' in outcome) {
        const page = await certificateSignIn(ra, request, next, outcome.refusal.detail);
        return reply.code(outcome.refusal.status).send(page);
      }
      await endSessionBefore(ra, cookie.read(request), client.certificateId);
      cookie.set(reply, outcome.cookie);
      return reply.redirect(next, 303);
    },
  );
}

/** The page of signing in at the `mtls` door; says on it why the certificate of the connection signs nobody in. */
export async function certificateSignIn(
  ra: Ra,
  request: FastifyRequest,
  next: string,
  notice?: string,
): Promise<string> {
  try {
    const client = await operatorClient(ra, request);
    const roles = rolesOfClient(ra, client).map((held) => {
      const agency = held.agencyId === null ? undefined : ra.authority.current.agencies.get(held.agencyId)?.name;
      return { value: roleText(held), text: roleAt(held.role, agency) };
    });
    const { displayName: name, serial, notAfter: until } = client;
    return certificateSignInPage(viewOf(ra.site, request), { next, holder: { name, serial, until, roles }, notice });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return certificateSignInPage(viewOf(ra.site, request), { next, holder: undefined, notice: error.detail });
  }
}
