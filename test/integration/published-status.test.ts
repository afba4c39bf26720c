import { readFileSync } from 'node:fs';
import type { CrlPlan, StatusPlan } from '@see/domain';
import { Metrics } from '@see/http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { observePublished } from '../../services/ra/src/observe-published.ts';
import { PublishedStatus } from '../../services/ra/src/published-status.ts';
import { openRegistration, type Registration } from '../support/registration.ts';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';
import { publishCrl, storeCrl } from './made-crl.ts';
import { issue, openVa, type TestVa, whenReady } from './va-harness.ts';

const CA = 'individual';
let world: World;
let va: TestVa;
let registration: Registration;

beforeAll(async () => {
  world = await makeWorld();
  va = await openVa(world);
  await whenReady(world, va);
  await issue(world, { ca: CA });
  registration = await openRegistration(world);
});
afterAll(async () => {
  await registration?.app.close();
  await va?.close();
  await world?.close();
});

/** What fetches back under a plan that names one CA, at a time. */
function checker(plan: Partial<CrlPlan>, change: { vaUrl?: string; now?: () => Date } = {}): PublishedStatus {
  const status: StatusPlan = { responderKey: 'P-384', crls: [{ ca: CA, delta: false, shards: [], ...plan }] };
  return new PublishedStatus({
    db: world.ra,
    cas: registration.ra.cas,
    va: va.url,
    configuration: () => ({ status, vaUrl: change.vaUrl ?? world.instance.urls.va }),
    now: change.now ?? (() => new Date()),
  });
}

async function looked(published: PublishedStatus): Promise<Record<string, string>> {
  await published.look();
  const own = published.found.filter(({ ca }) => ca === CA);
  return Object.fromEntries(own.map(({ kind, result }) => [kind, result.ok ? 'right' : result.fault]));
}

describe('what is published, fetched back', () => {
  it('names what is missing: deltas, and each part in its turn until it is there', async () => {
    const published = checker({ delta: true, shards: [2] });
    expect(await looked(published)).toEqual({ crl: 'right', delta: 'status', part: 'status', ocsp: 'right' });
    await publishCrl(world, { ca: CA, scope: 'delta', number: 10n, base: 1n, quiet: true });
    await publishCrl(world, { ca: CA, scope: '2-1', number: 10n });
    await waitUntil('va has it', async () => (await fetch(`${va.url}/crl/${CA}/2-1.crl`)).ok, 8_000);
    // The first part is still missing, whichever is looked at besides.
    for (let look = 0; look < 3; look += 1)
      expect(await looked(published)).toEqual({ crl: 'right', delta: 'right', part: 'status', ocsp: 'right' });
    await publishCrl(world, { ca: CA, scope: '2-0', number: 10n });
    await waitUntil('va has it', async () => (await fetch(`${va.url}/crl/${CA}/2-0.crl`)).ok, 8_000);
    for (let look = 0; look < 3; look += 1) expect((await looked(published))['part']).toBe('right');
  });

  it('is not right when it has ended, or names another place', async () => {
    const late = checker({ delta: true }, { now: () => new Date(Date.now() + 10 * 86_400_000) });
    expect(await looked(late)).toMatchObject({ crl: 'time', delta: 'time', ocsp: 'time' });
    const moved = checker({ shards: [2] }, { vaUrl: 'http://elsewhere.govt.nz' });
    expect(await looked(moved)).toMatchObject({ crl: 'right', part: 'unreadable' });
  });

  it('is behind where the database has had a newer list for a while', async () => {
    const published = checker({ ca: 'operations' });
    const own = new Metrics();
    const later = (): Date => new Date(Date.now() + 90_000);
    observePublished(own, published, later);
    const behind = () =>
      Number(/see_published_behind_seconds\{ca="operations",kind="crl"\} (\S+)/.exec(own.text())?.[1]);
    await published.look();
    expect(behind()).toBe(0);
    expect(own.text()).not.toMatch(/see_published_behind_seconds\{[^}]*kind="ocsp"/);
    // What va does not take: of another CA.
    const der = await publishCrl(world, { ca: 'tls', scope: 'full', number: 4_000n, quiet: true });
    const thisUpdate = new Date();
    const nextUpdate = new Date(Date.now() + 3_600_000);
    const made = { ca: 'operations', scope: 'full' as const, der, nextUpdate };
    await storeCrl(world, { ...made, number: 4_001n, thisUpdate });
    await storeCrl(world, { ...made, number: 4_002n, thisUpdate: new Date(Date.now() + 60_000) });
    await published.look();
    expect(behind()).toBeGreaterThanOrEqual(89);
    expect(behind()).toBeLessThan(120);
    expect(own.text()).toContain('see_published_fault{ca="operations",kind="crl"} 0\n');
  });

  it('is in the metrics of ra, under the names that the alarms have', async () => {
    const metrics = async () =>
      (await registration.app.inject({ url: '/metrics', headers: { host: '127.0.0.1' } })).body;
    expect(await metrics()).not.toContain('see_published_fault{');
    await registration.ra.published.look();
    expect(await metrics()).toContain(`see_published_fault{ca="${CA}",kind="crl"} 0\n`);
    const rules = readFileSync(new URL('../../docs/runbooks/validation-authority.md', import.meta.url), 'utf8');
    const named = [...new Set(rules.slice(rules.indexOf('```yaml')).match(/\bsee_published_\w+/g))];
    expect(named.length).toBeGreaterThan(1);
    const text = await metrics();
    expect(named.filter((name) => !text.includes(`# TYPE ${name} `))).toEqual([]);
    const missing = checker({ ca: 'tls', delta: true });
    const own = new Metrics();
    observePublished(own, missing, () => new Date());
    await missing.look();
    expect(own.text()).toContain('see_published_fault{ca="tls",kind="delta"} 1\n');
    expect(own.text()).toContain('see_published_fault{ca="tls",kind="crl"} 0\n');
  });
});
