import { type App, doorOf } from '@see/http';
import type { Identifying } from './identify-client.ts';
import { rememberClient } from './operator-client.ts';

/** What the `mtls` door answers without a certificate: whether it lives, and what an error page is drawn with and in which language. */
const OPEN: ReadonlySet<string> = new Set(['health.live', 'health.ready', 'asset.get', 'language.choose']);

/**
 * Refuses every other request at the `mtls` door whose client shows no good certificate of ours, in words and not by an
 * alert of TLS. Must be installed before the routes.
 */
export function requireClient(app: App, ra: Identifying): void {
  app.addHook('onRequest', async (request) => {
    if (doorOf(request) !== 'mtls' || OPEN.has(request.routeOptions.config.operation ?? '')) return;
    await rememberClient(ra, request);
  });
}
