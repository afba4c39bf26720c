import compress from '@fastify/compress';
import { type App, createApp, createLimit, holdToPublicHost, sessionCookie } from '@see/http';
import { type AssetSet, assetRoutes, languageRoute, problemPage, viewOf } from '@see/ui';
import { requireClient } from './client-certificate/require-client.ts';
import type { Ra } from './ra.ts';
import { recognise } from './recognise.ts';
import { RefusalAudit } from './refusal-audit.ts';
import { apiRoutes } from './routes/api.ts';
import { pageOfRefusal } from './routes/console/page-of-refusal.ts';
import { consoleRoutes } from './routes/console.ts';
import { gatewayRoutes } from './routes/portal/gateways.ts';
import { lostRoutes } from './routes/portal/lost.ts';
import { mailboxRoutes } from './routes/portal/mailbox.ts';
import { myRoutes } from './routes/portal/my.ts';
import { portalRoutes } from './routes/portal/pages.ts';
import { testRoute } from './routes/portal/test.ts';
import { healthRoutes } from './routes/status/health.ts';

/** The portal, the console and the API in one app; not listening yet. Closing it writes what is left of the audit. */
export async function buildApp(ra: Ra, assets: AssetSet): Promise<App> {
  const audit = new RefusalAudit(ra.db, (error) => ra.log('error', 'a refusal could not be recorded', { error }));
  const publicUrl = new URL(ra.site.urls.portal);
  const https = publicUrl.protocol === 'https:';
  const app = await createApp({
    https,
    log: ra.log,
    recognise,
    problemPage: (problem, request) => pageOfRefusal(request) ?? problemPage(viewOf(ra.site, request), problem),
    onRefusal: (problem, request, cause) => audit.record(problem, request, cause, ra.now()),
  });
  app.addHook('onClose', () => audit.settle());
  holdToPublicHost(app, ra.doors);
  requireClient(app, ra);
  assetRoutes(app, assets);
  languageRoute(app);
  healthRoutes(app, ra);
  await apiRoutes(app, ra);
  const session = await sessionCookie(app, 'see-session', https);
  const ceremony = await sessionCookie(app, 'see-ceremony', https);
  await consoleRoutes(app, ra, { session, ceremony });
  await app.register(async (scope: App) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache');
    });
    // For slow lines. Pages of a session are not compressed: they hold its form token beside what others wrote.
    await scope.register(compress, { encodings: ['br', 'gzip'], inflateIfDeflated: false });
    portalRoutes(scope, ra);
    testRoute(scope, ra);
  });
  const links = createLimit(app, { max: 300, window: 60_000 });
  await app.register(async (scope: App) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.type('text/html; charset=utf-8');
    });
    await mailboxRoutes(scope, ra, links);
  });
  await app.register(async (scope: App) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.type('text/html; charset=utf-8');
    });
    await gatewayRoutes(scope, ra, links);
  });
  await app.register(async (scope: App) => lostRoutes(scope, ra, links));
  const own = createLimit(app, { max: 120, window: 60_000 });
  await app.register(async (scope: App) => myRoutes(scope, ra, own));
  return app;
}
