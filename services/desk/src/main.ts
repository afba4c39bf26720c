import { assertServiceLogin, beat, openDatabase } from '@see/db';
import { runService } from '@see/process';
import { loadAssets, type Site } from '@see/ui';
import { buildApp } from './app.ts';

const HEARTBEAT = 10_000;

// Compiled while the checkout can still be read: runService gives up root.
const assets = loadAssets();

await runService('desk', async (context) => {
  const { instance, log } = context;
  const db = openDatabase(context.databaseUrl, {
    applicationName: 'see desk',
    max: 2,
    onLost: (error) => log('warn', 'a database connection was lost', { error }),
  });
  await assertServiceLogin(db, 'desk');
  const site: Site = {
    assets: assets.references,
    urls: { va: instance.urls.va, portal: instance.urls.portal, desk: instance.urls.desk },
    preset: instance.preset,
    rootFingerprint: instance.rootFingerprint.replaceAll(/[ :]/g, '').toLowerCase(),
  };
  const app = await buildApp(site, assets, log);
  await app.listen({ host: '127.0.0.1', port: instance.ports.desk });
  const since = new Date();
  const tell = (): void => {
    void beat(db, 'desk', process.pid, since, {}).catch((error: unknown) => log('warn', 'no heartbeat', { error }));
  };
  tell();
  const heartbeat = setInterval(tell, HEARTBEAT);
  context.ready({ url: instance.urls.desk });
  return {
    close: async () => {
      clearInterval(heartbeat);
      await app.close();
      await db.destroy();
    },
  };
});
