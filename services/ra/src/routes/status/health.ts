import { type App, Refusal } from '@see/http';
import type { Ra } from '../../ra.ts';
import { tlsState } from '../../tls/tls-state.ts';

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work, database and authority chain included; how the TLS doors
 * stand is said beside it, for the http door works without them.
 */
export function healthRoutes(scope: App, ra: Ra): void {
  scope.get('/healthz', { config: { operation: 'health.live', public: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  scope.get('/readyz', { config: { operation: 'health.ready', public: true } }, async (_request, reply) => {
    try {
      await ra.authority.refresh();
    } catch (cause) {
      throw new Refusal('unavailable', 'The database or the authority chain cannot be read.', { cause });
    }
    return reply.header('cache-control', 'no-store').send({
      status: 'ready',
      tls: tlsState(ra.serverCertificate, ra.now()),
    });
  });
}
