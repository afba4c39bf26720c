import { randomBytes } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { join } from 'node:path';
import { AuthorityFollower, assertServiceLogin, beat, openDatabase, startListening } from '@see/db';
import { readOidcSettings, readSecretFile, readSignInMethods, readTlsSettings, runService } from '@see/process';
import { loadAssets, type Site } from '@see/ui';
import { AccessReviewBook } from './access-review-book.ts';
import { buildApp } from './app.ts';
import { CaRegistry } from './ca-registry.ts';
import { ClientCaBook } from './client-certificate/client-ca-book.ts';
import { repeatDueWork } from './due-work.ts';
import { EventStreams } from './event-streams.ts';
import { ImportRunner } from './import-runner.ts';
import { OidcProvider } from './oidc/oidc-provider.ts';
import { OrderWatch } from './order-watch.ts';
import { PublishedStatus } from './published-status.ts';
import type { Ra } from './ra.ts';
import { rehearseApp } from './rehearsal.ts';
import { endSessionsWithoutRole } from './sign-in/end-sessions.ts';
import { doorHosts, doorOrigins } from './tls/door-origins.ts';
import { ServerCertificateBook } from './tls/server-certificate-book.ts';
import { TlsDoors } from './tls/tls-doors.ts';
import { WakeUps } from './wake-up.ts';

const HEARTBEAT = 10_000;

// While the checkout and the secret can still be read: runService gives up root.
const assets = loadAssets();
const oidc = readOidcSettings(process.env);
const oidcSecret = oidc?.clientSecretFile === undefined ? undefined : readSecretFile(oidc.clientSecretFile);
delete process.env['SEE_OIDC_CLIENT_SECRET_FILE'];
await rehearseApp(assets);

await runService('ra', async (context) => {
  const { instance, log } = context;
  const db = openDatabase(context.databaseUrl, {
    applicationName: 'see ra',
    max: 20,
    onLost: (error) => log('warn', 'a database connection was lost', { error }),
  });
  await assertServiceLogin(db, 'ra');
  const site: Site = {
    assets: assets.references,
    urls: { va: instance.urls.va, portal: instance.urls.portal, desk: instance.urls.desk },
    preset: instance.preset,
    rootFingerprint: instance.rootFingerprint.replaceAll(/[ :]/g, '').toLowerCase(),
  };
  const authority = new AuthorityFollower(db, Uint8Array.fromHex(instance.anchor));
  const cas = new CaRegistry(db);
  const reviews = new AccessReviewBook(db);
  const wakeUps = new WakeUps();
  const orderWatch = new OrderWatch(db);
  const now = (): Date => new Date();
  const random = (octets: number): Uint8Array => new Uint8Array(randomBytes(octets));
  const dns = new Resolver({ timeout: 3_000, tries: 2 });
  const importRunner = new ImportRunner({
    db,
    authority,
    cas,
    site,
    now,
    randomBytes: random,
    log,
    progressed: () => wakeUps.wake('imports'),
  });
  const tls = readTlsSettings(process.env, instance.preset);
  const origins = doorOrigins(instance);
  const ra: Ra = {
    db,
    authority,
    cas,
    clientCas: new ClientCaBook(db, site.rootFingerprint, now),
    serverCertificate: new ServerCertificateBook({
      folder: join(context.stateDir, 'tls'),
      db,
      cas,
      hosts: doorHosts(origins),
      files: tls.files,
      now,
    }),
    doors: origins,
    reviews,
    wakeUps,
    orderWatch,
    importRunner,
    eventStreams: new EventStreams(),
    published: new PublishedStatus({
      db,
      cas,
      va: site.urls.va,
      configuration: () => authority.current.configuration,
      now,
    }),
    site,
    signIn: readSignInMethods(process.env['SEE_SIGN_IN']),
    oidc: oidc && new OidcProvider(oidc, oidcSecret && Buffer.from(oidcSecret).toString('utf8'), now),
    instance: instance.instance,
    now,
    randomBytes: random,
    resolveTxt: (name) => dns.resolveTxt(name),
    log,
  };
  await Promise.all([authority.refresh(), cas.refresh(), reviews.refresh()]);
  const app = await buildApp(ra, assets);
  const doors = new TlsDoors(app, ra, instance.ports, tls.address);
  const hub = await startListening(context.databaseUrl, {
    applicationName: 'see ra listener',
    listeners: {
      see_chain: async () => {
        await Promise.all([authority.refresh(), cas.refresh(), reviews.refresh(), ra.clientCas.refresh()]);
        await endSessionsWithoutRole(ra);
        await doors.look();
      },
      see_redemptions: async () => wakeUps.wake('redemptions'),
      see_issued: async () => {
        wakeUps.wake('issued');
        await Promise.all([orderWatch.look(), doors.look()]);
      },
      see_orders: () => orderWatch.look(),
      see_imports: async () => {
        wakeUps.wake('imports');
        importRunner.wake();
      },
    },
    onError: (error, where) => log('warn', 'listening failed', { where, error }),
  });
  await app.listen({ host: '127.0.0.1', port: instance.ports.portal });
  const since = new Date();
  const tell = (): void => {
    void beat(db, 'ra', process.pid, since, {}).catch((error: unknown) => log('warn', 'no heartbeat', { error }));
  };
  tell();
  const heartbeat = setInterval(tell, HEARTBEAT);
  const dueWork = repeatDueWork(ra, () => doors.look());
  await doors.look();
  context.ready({ url: instance.urls.portal });
  return {
    close: async () => {
      clearInterval(heartbeat);
      await dueWork.stop();
      await Promise.all([doors.close(), app.close()]);
      await hub.close();
      await importRunner.close();
      await db.destroy();
    },
  };
});
