import { type App, Metrics, Refusal } from '@see/http';
import { observePublished } from '../../observe-published.ts';
import type { Ra } from '../../ra.ts';
import { tlsState } from '../../tls/tls-state.ts';

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work, database and authority chain included; how the TLS doors
 * stand is said beside it, for the http door works without them. `/metrics`: what was fetched back of what is published.
 */
export function healthRoutes(scope: App, ra: Ra): void {
  const metrics = new Metrics();
  observePublished(metrics, ra.published, ra.now);
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
  scope.get('/metrics', { config: { operation: 'health.metrics', public: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').type('text/plain; version=0.0.4; charset=utf-8').send(metrics.text()),
  );
}
