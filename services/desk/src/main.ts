import { AuthorityFollower, assertServiceLogin, openDatabase, startListening } from '@see/db';
import { runService } from '@see/process';
import { loadAssets } from '@see/ui';
import { buildApp } from './app.ts';
import type { Desk } from './desk.ts';
import { rehearseApp } from './rehearsal.ts';

// While the checkout can still be read: runService gives up root.
const assets = loadAssets();
await rehearseApp(assets);

await runService('desk', async (context) => {
  const { instance, log } = context;
  // The login is read-only, so the desk writes no heartbeat: the supervisor and /healthz tell whether it lives.
  const db = openDatabase(context.databaseUrl, {
    applicationName: 'see desk',
    max: 4,
    onLost: (error) => log('warn', 'a database connection was lost', { error }),
  });
  await assertServiceLogin(db, 'desk');
  const authority = new AuthorityFollower(db, Uint8Array.fromHex(instance.anchor));
  const desk: Desk = {
    db,
    authority,
    site: {
      assets: assets.references,
      urls: { va: instance.urls.va, portal: instance.urls.portal, desk: instance.urls.desk },
      preset: instance.preset,
      rootFingerprint: instance.rootFingerprint.replaceAll(/[ :]/g, '').toLowerCase(),
    },
    now: () => new Date(),
    log,
  };
  await authority.refresh();
  const hub = await startListening(context.databaseUrl, {
    applicationName: 'see desk listener',
    listeners: {
      see_chain: async () => {
        await authority.refresh();
      },
    },
    onError: (error, where) => log('warn', 'listening failed', { where, error }),
  });
  const app = await buildApp(desk, assets);
  await app.listen({ host: '127.0.0.1', port: instance.ports.desk });
  context.ready({ url: instance.urls.desk });
  return {
    close: async () => {
      await app.close();
      await hub.close();
      await db.destroy();
    },
  };
});
