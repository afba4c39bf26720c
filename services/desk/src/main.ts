import { assertServiceLogin, openDatabase } from '@see/db';
import { rehearse } from '@see/http';
import { runService } from '@see/process';
import { loadAssets, type Site } from '@see/ui';
import { buildApp } from './app.ts';

// While the checkout can still be read: runService gives up root.
const assets = loadAssets();
const NOWHERE = { va: 'http://localhost', portal: 'http://localhost', desk: 'http://localhost' };
const rehearsed = { assets: assets.references, urls: NOWHERE, preset: 'evaluation', rootFingerprint: '' } as const;
await rehearse(await buildApp(rehearsed, assets, () => undefined), [
  { method: 'GET', url: '/', headers: { accept: 'text/html' } },
  { method: 'GET', url: '/nothing', headers: { accept: 'text/html' } },
  { method: 'GET', url: '/healthz', headers: { host: '127.0.0.1' } },
]);

await runService('desk', async (context) => {
  const { instance, log } = context;
  // The page reads nothing of the database, but a login that could do more than read is a fault to find now. The login
  // is read-only, so the desk writes no heartbeat either: the supervisor and /healthz tell whether it lives.
  const db = openDatabase(context.databaseUrl, { applicationName: 'see desk', max: 1 });
  try {
    await assertServiceLogin(db, 'desk');
  } finally {
    await db.destroy();
  }
  const site: Site = {
    assets: assets.references,
    urls: { va: instance.urls.va, portal: instance.urls.portal, desk: instance.urls.desk },
    preset: instance.preset,
    rootFingerprint: instance.rootFingerprint.replaceAll(/[ :]/g, '').toLowerCase(),
  };
  const app = await buildApp(site, assets, log);
  await app.listen({ host: '127.0.0.1', port: instance.ports.desk });
  context.ready({ url: instance.urls.desk });
  return { close: () => app.close() };
});
