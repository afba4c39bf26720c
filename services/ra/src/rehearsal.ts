import { AuthorityFollower, openDatabase } from '@see/db';
import { rehearse } from '@see/http';
import { signInMethods } from '@see/process';
import type { AssetSet, Site } from '@see/ui';
import { AccessReviewBook } from './access-review-book.ts';
import { buildApp } from './app.ts';
import { CaRegistry } from './ca-registry.ts';
import { ClientCaBook } from './client-certificate/client-ca-book.ts';
import { EventStreams } from './event-streams.ts';
import { ImportRunner } from './import-runner.ts';
import { OrderWatch } from './order-watch.ts';
import { PublishedStatus } from './published-status.ts';
import type { Ra } from './ra.ts';
import { ServerCertificateBook } from './tls/server-certificate-book.ts';
import { WakeUps } from './wake-up.ts';

/** A database that is not there: every question fails, which is one of the things to rehearse. */
const NOWHERE = 'postgresql://rehearsal@127.0.0.1:1/rehearsal';

/**
 * Builds the whole app once without an instance and plays requests of every kind against it, so that everything is
 * loaded before root is given up (see `rehearse`). It also finds a route that can not be built before anything starts.
 */
export async function rehearseApp(assets: AssetSet): Promise<void> {
  const db = openDatabase(NOWHERE, { applicationName: 'see rehearsal', max: 1 });
  const authority = new AuthorityFollower(db, new Uint8Array(48));
  const cas = new CaRegistry(db);
  const origin = 'http://localhost';
  const site: Site = {
    assets: assets.references,
    urls: { va: origin, portal: origin, desk: origin },
    preset: 'evaluation',
    rootFingerprint: '00'.repeat(32),
  };
  const ra: Ra = {
    db,
    authority,
    cas,
    clientCas: new ClientCaBook(db, site.rootFingerprint, () => new Date(0)),
    serverCertificate: new ServerCertificateBook({
      folder: '/nowhere',
      db,
      cas,
      hosts: ['localhost'],
      files: undefined,
      now: () => new Date(0),
    }),
    doors: { http: [origin], https: [origin], mtls: [origin] },
    reviews: new AccessReviewBook(db),
    wakeUps: new WakeUps(),
    orderWatch: new OrderWatch(db),
    importRunner: new ImportRunner({
      db,
      authority,
      cas,
      site,
      now: () => new Date(0),
      randomBytes: (octets) => new Uint8Array(octets),
      log: () => undefined,
      progressed: () => undefined,
    }),
    eventStreams: new EventStreams(),
    published: new PublishedStatus({
      db,
      cas,
      va: origin,
      configuration: () => authority.current.configuration,
      now: () => new Date(0),
    }),
    site,
    signIn: signInMethods,
    oidc: undefined,
    instance: '00000000-0000-4000-8000-000000000000',
    now: () => new Date(0),
    randomBytes: (octets) => new Uint8Array(octets),
    resolveTxt: async () => [],
    log: () => undefined,
  };
  const json = { 'content-type': 'application/json' };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const html = { accept: 'text/html' };
  await rehearse(await buildApp(ra, assets), [
    { method: 'GET', url: '/', headers: html },
    { method: 'GET', url: '/nothing', headers: html },
    { method: 'GET', url: '/%zz' },
    { method: 'GET', url: '/install', headers: { host: '127.0.0.1' } },
    { method: 'GET', url: '/console', headers: { cookie: `see-session=${'A'.repeat(43)}` } },
    { method: 'POST', url: '/console/sign-in', headers: form, payload: `token=see_${'A'.repeat(43)}` },
    { method: 'GET', url: '/console/sign-in', headers: html },
    { method: 'GET', url: '/console/passkey', headers: html },
    { method: 'POST', url: '/console/sign-in/passkey/challenge', headers: json, payload: '{}' },
    { method: 'GET', url: '/console/sign-in/oidc', headers: html },
    { method: 'GET', url: '/readyz' },
    { method: 'GET', url: '/metrics' },
    { method: 'GET', url: '/api/v1/client-certificate' },
    { method: 'GET', url: '/api/v1/openapi.json' },
    { method: 'GET', url: '/api/v1/instance' },
    { method: 'GET', url: '/api/v1/orders', headers: { authorization: `Bearer see_${'A'.repeat(43)}` } },
    { method: 'POST', url: '/api/v1/csr-inspections', headers: json, payload: '{"csr":"AAAA","more":1}' },
    { method: 'POST', url: '/api/v1/csr-inspections', headers: { 'content-type': 'application/pkcs10' }, payload: '0' },
    { method: 'POST', url: '/api/v1/holder-revocations', headers: json, payload: '{"request":"0123456789"}' },
  ]);
  await db.destroy();
}
