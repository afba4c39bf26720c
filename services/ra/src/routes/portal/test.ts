import { type App, doorOf, Type } from '@see/http';
import { greetingPage, testPage, viewOf } from '@see/ui';
import { rememberClient } from '../../client-certificate/operator-client.ts';
import type { Ra } from '../../ra.ts';
import { Hex32 } from '../../schemas/fields.ts';

/**
 * `/test`: what will happen; at the port for mutual TLS, a greeting by the name in the registry. What is wrong with a
 * certificate is said by the page of the refusal.
 */
export function testRoute(scope: App, ra: Ra): void {
  scope.get(
    '/test',
    {
      config: { operation: 'portal.test', public: true },
      schema: { querystring: Type.Object({ certificate: Type.Optional(Hex32) }) },
    },
    async (request, reply) => {
      const view = viewOf(ra.site, request);
      if (doorOf(request) !== 'mtls') {
        const { certificate } = request.query;
        return testPage(view, { at: mutualTls(ra, '/test'), certificate });
      }
      const { displayName: name, serial, sha256, notAfter, profileId } = await rememberClient(ra, request);
      reply.header('cache-control', 'no-store');
      return greetingPage(view, { name, serial, sha256, notAfter, personal: profileId === 'user-auth' });
    },
  );
}

/** The address of a page at the port for mutual TLS; undefined while it is closed. */
export function mutualTls(ra: Ra, path: string): string | undefined {
  return ra.serverCertificate.doors.mtls ? `${ra.doors.mtls[0]}${path}` : undefined;
}
