import { type App, createApp, holdToPublicHost, type LogLevel } from '@see/http';
import { type AssetSet, assetRoutes, deskPage, problemPage, type Site } from '@see/ui';

/** The approval origin: one static page, its files and a health check. It takes no input at all. */
export async function buildApp(
  site: Site,
  assets: AssetSet,
  log: (level: LogLevel, message: string, fields: Record<string, unknown>) => void,
): Promise<App> {
  const publicUrl = new URL(site.urls.desk);
  const app = await createApp({
    https: publicUrl.protocol === 'https:',
    log,
    bodyLimit: 1_024,
    problemPage: (problem) => problemPage(site, problem),
  });
  holdToPublicHost(app, publicUrl);
  assetRoutes(app, assets);
  app.get('/', { config: { operation: 'desk.start', public: true } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(deskPage(site)),
  );
  app.get('/healthz', { config: { operation: 'health.live', public: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  return app;
}
