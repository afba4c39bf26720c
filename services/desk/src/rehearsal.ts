import { AuthorityFollower, openDatabase } from '@see/db';
import { rehearse } from '@see/http';
import type { AssetSet } from '@see/ui';
import { buildApp } from './app.ts';

/** A database that is not there: every question fails, which is one of the things to rehearse. */
const NOWHERE = 'postgresql://rehearsal@127.0.0.1:1/rehearsal';
const ORDER = '00000000-0000-4000-8000-000000000000';

/** Builds the app once without an instance, so that everything is loaded before root is given up (see `rehearse`). */
export async function rehearseApp(assets: AssetSet): Promise<void> {
  const db = openDatabase(NOWHERE, { applicationName: 'see rehearsal', max: 1 });
  const origin = 'http://localhost';
  const site = {
    assets: assets.references,
    urls: { va: origin, portal: origin, desk: origin },
    preset: 'evaluation',
    rootFingerprint: '',
  } as const;
  const authority = new AuthorityFollower(db, new Uint8Array(48));
  const html = { accept: 'text/html' };
  const app = await buildApp({ db, authority, site, now: () => new Date(0), log: () => undefined }, assets);
  await rehearse(app, [
    { method: 'GET', url: '/', headers: html },
    { method: 'GET', url: '/nothing', headers: html },
    { method: 'GET', url: '/register', headers: html },
    { method: 'GET', url: `/orders/${ORDER}`, headers: html },
    { method: 'GET', url: `/api/orders/${ORDER}` },
    { method: 'GET', url: '/api/orders/x' },
    { method: 'GET', url: `/batches/${ORDER}`, headers: html },
    { method: 'GET', url: `/api/batches/${ORDER}` },
    { method: 'GET', url: `/api/batches/${ORDER}/orders?from=0` },
    { method: 'GET', url: '/healthz', headers: { host: '127.0.0.1' } },
  ]);
  await db.destroy();
}
