import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { type Database, openDatabase } from '@see/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { observeSite } from '../../services/worker/src/observe-site.ts';
import { SiteDesk } from '../../services/worker/src/site-desk.ts';
import { type Answer, type Caller, type Calls, openCalls } from '../support/registration-calls.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let site: Server;
let folder: string;
let worker: Database;
const DAY = 86_400_000;

/** Every name is this machine. */
const lookup = ((_name: string, _options: unknown, done: (error: null, addresses: object[]) => void) =>
  done(null, [{ address: '127.0.0.1', family: 4 }])) as never;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  worker = openDatabase(world.postgres.serviceUrl('worker'), { applicationName: 'test worker' });
  folder = mkdtempSync(join(tmpdir(), 'see-site-'));
  const [key, certificate] = ['key.pem', 'site.pem'].map((name) => join(folder, name)) as [string, string];
  const subject = ['-subj', '/O=Someone else/CN=www.treasury.govt.nz', '-days', '20'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject],
    {
      stdio: 'ignore',
    },
  );
  site = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }).listen(0, '127.0.0.1');
  await new Promise((resolve) => site.once('listening', resolve));
});
afterAll(async () => {
  site?.close();
  await worker?.destroy();
  rmSync(folder, { recursive: true, force: true });
  await calls?.registration.app.close();
  await world?.close();
});

const port = (): number => (site.address() as AddressInfo).port;
const wish = (more: object = {}) => ({
  agencyId: 'treasury',
  kind: 'site',
  name: 'Budget site',
  url: `https://www.treasury.govt.nz:${port()}/budget`,
  highRisk: false,
  ...more,
});
const add = (who: Caller, more: object = {}): Promise<Answer> =>
  calls.call(who, 'POST', '/api/v1/services', wish(more));
interface Entry {
  readonly id: string;
  readonly standing: string;
  readonly daysLeft: number | null;
  readonly openFindings: number;
  readonly observation: { readonly issuer: string | null; readonly fault: string | null } | null;
}
const list = async (who: Caller = 'operator', query = ''): Promise<readonly Entry[]> =>
  (await calls.call(who, 'GET', `/api/v1/services${query}`)).body.items as unknown as readonly Entry[];

describe('the service catalogue', () => {
  let id: string;

  it('takes an entry whose host is within a domain of its agency, once', async () => {
    const added = await add('agent');
    expect(added.status).toBe(201);
    id = added.body.id;
    expect((await add('agent')).body.code).toBe('already-exists');
    for (const url of [
      'http://www.treasury.govt.nz/',
      'https://evil.test/',
      'https://treasury.govt.nz.evil.test/',
      'https://u:p@www.treasury.govt.nz/',
      'nonsense',
    ]) {
      const refused = await add('agent', { url });
      expect({
        url,
        status: refused.status,
        path: (refused.body.violations as unknown as { path?: string }[])?.[0]?.path,
      }).toEqual({
        url,
        status: 400,
        path: 'body/url',
      });
    }
    expect(await add('dpmc')).toMatchObject({ status: 404 });
    expect(await list('dpmc')).toEqual([]);
  });

  it('is stale until somebody has reviewed the content, and from a year later on', async () => {
    expect((await list())[0]).toMatchObject({ id, standing: 'stale' });
    const review = (reviewedOn: string) =>
      calls.call('agent', 'POST', `/api/v1/services/${id}/reviews`, { reviewedOn, note: 'All pages read' });
    const day = (ago: number): string => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10);
    expect((await review(day(-3))).status).toBe(400);
    expect((await review(day(364))).body).toMatchObject({ standing: 'due' });
    expect((await review(day(1))).body).toMatchObject({ standing: 'current' });
    expect(await list('operator', '?standing=stale')).toEqual([]);
  });

  it('counts findings until they are closed, once', async () => {
    const found = { text: 'No security.txt', owner: 'Web team', dueOn: '2026-01-31' };
    expect((await calls.call('agent', 'POST', `/api/v1/services/${id}/findings`, found)).body).toMatchObject({
      openFindings: 1,
      findingDueOn: '2026-01-31',
    });
    const row = await world.owner.selectFrom('service_findings').select('id').executeTakeFirstOrThrow();
    const close = (who: Caller) =>
      calls.call(who, 'POST', `/api/v1/services/${id}/findings/close`, { finding: row.id, note: 'It is there now' });
    expect((await close('agent')).status).toBe(403);
    expect((await close('operator')).body).toMatchObject({ openFindings: 0 });
    expect((await close('operator')).status).toBe(409);
  });

  it('shows what its site showed, and why nothing was seen', async () => {
    const desk = new SiteDesk({
      db: worker,
      closing: new AbortController().signal,
      now: () => new Date(),
      lookup,
    });
    expect(await desk.run()).toBe(1);
    expect(await desk.run()).toBe(0);
    expect((await list())[0]).toMatchObject({
      daysLeft: 19,
      observation: { issuer: 'O=Someone else, CN=www.treasury.govt.nz', fault: null },
    });
    const seen = await observeSite({ host: 'www.treasury.govt.nz', port: 1, lookup, timeout: 2_000 });
    expect('fault' in seen && seen.fault).toContain('ECONNREFUSED');
    expect(await observeSite({ host: 'no-such-host.invalid', port: 443, timeout: 5_000 })).toHaveProperty('fault');
  });

  it('lets an entry go, and keeps its record', async () => {
    expect((await calls.call('agent', 'POST', `/api/v1/services/${id}/remove`, {})).status).toBe(200);
    expect(await list()).toEqual([]);
    expect((await calls.call('operator', 'GET', `/api/v1/services/${id}`)).status).toBe(404);
    expect((await add('agent')).status).toBe(201);
    const events = await world.owner
      .selectFrom('audit_events')
      .select('kind')
      .where('object_type', '=', 'service')
      .where('outcome', '=', 'success')
      .orderBy('id')
      .execute();
    expect(events.map(({ kind }) => kind)).toEqual([
      'service.add',
      'service.review',
      'service.review',
      'service.finding',
      'service.close-finding',
      'service.remove',
      'service.add',
    ]);
  });
});
