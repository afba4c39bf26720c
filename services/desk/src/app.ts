import { type App, createApp, holdToPublicHost } from '@see/http';
import { type AssetSet, assetRoutes, languageRoute, problemPage, viewOf } from '@see/ui';
import type { Desk } from './desk.ts';
import { batchRoutes } from './routes/batch.ts';
import { orderRoute } from './routes/order.ts';
import { pageRoutes } from './routes/pages.ts';

/**
 * The approval origin: pages on which operators read orders and sign them, and answers with the bytes of orders and batches. It
 * only reads, and it takes no approval: those go to the console, and the signer believes neither.
 */
export async function buildApp(desk: Desk, assets: AssetSet): Promise<App> {
  const publicUrl = new URL(desk.site.urls.desk);
  const app = await createApp({
    https: publicUrl.protocol === 'https:',
    log: desk.log,
    bodyLimit: 1_024,
    problemPage: (problem, request) => problemPage(viewOf(desk.site, request), problem),
  });
  holdToPublicHost(app, { http: [publicUrl.origin], https: [], mtls: [] });
  assetRoutes(app, assets);
  languageRoute(app);
  await pageRoutes(app, desk);
  orderRoute(app, desk);
  batchRoutes(app, desk);
  app.get('/healthz', { config: { operation: 'health.live', public: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  return app;
}
