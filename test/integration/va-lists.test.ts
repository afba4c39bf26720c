import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportVa } from '@see/cli';
import type { StatusPlan } from '@see/domain';
import { shardOf } from '@see/issuance';
import { parseOcspResponse } from '@see/ocsp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { propose } from '../support/statements.ts';
import { asSuperuser } from '../support/superuser.ts';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';
import { publishCrl, storeCrl } from './made-crl.ts';
import { type IssuedCertificate, issue, ocspRequest, openVa, type TestVa, whenReady } from './va-harness.ts';

const CA = 'individual';
let world: World;
let va: TestVa;

beforeAll(async () => {
  world = await makeWorld();
  va = await openVa(world);
  await whenReady(world, va);
});
afterAll(async () => {
  await va?.close();
  await world?.close();
});

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(`${va.url}${path}`, { headers, method });
  return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
}

const served = (path: string, der: Uint8Array) =>
  waitUntil(path, async () => (await get(path)).bytes.toHex() === der.toHex(), 8_000);

async function statusOf(certificate: IssuedCertificate): Promise<string> {
  const body = ocspRequest(world, certificate, new Uint8Array(randomBytes(32)));
  const response = await fetch(`${va.url}/ocsp`, { method: 'POST', body });
  const answer = parseOcspResponse(new Uint8Array(await response.arrayBuffer()));
  const status = answer.basic?.responses[0]?.status;
  return status?.kind === 'revoked' ? `revoked ${status.reason ?? 0}` : (status?.kind ?? answer.status);
}

const refusals = () =>
  va.logged.filter(({ message }) => message === 'status.crl-refused').map(({ fields }) => JSON.stringify(fields));

async function reopen(): Promise<void> {
  await va.close();
  va = await openVa(world);
}

describe('deltas and parts', () => {
  it('are served as full CRLs are, as soon as they are in the database', async () => {
    const delta = await publishCrl(world, { ca: CA, scope: 'delta', number: 10n, base: 1n });
    const parts = await Promise.all(
      (['2-0', '2-1'] as const).map((scope) => publishCrl(world, { ca: CA, scope, number: 10n })),
    );
    for (const [path, der] of [
      [`/crl/${CA}-delta.crl`, delta],
      [`/crl/${CA}/2-0.crl`, parts[0] as Uint8Array],
      [`/crl/${CA}/2-1.crl`, parts[1] as Uint8Array],
    ] as const) {
      await served(path, der);
      const whole = await get(path);
      expect(whole.headers.get('content-type')).toBe('application/pkix-crl');
      expect(whole.headers.get('cache-control')).toMatch(/^public, max-age=30, no-transform/);
      const etag = whole.headers.get('etag') ?? '';
      expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
      expect((await get(path, { 'if-modified-since': whole.headers.get('last-modified') ?? '' })).status).toBe(304);
      expect((await get(path, { range: 'bytes=4-9' })).bytes).toEqual(der.subarray(4, 10));
      const head = await get(path, {}, 'HEAD');
      expect([head.status, head.headers.get('content-length'), head.bytes.length]).toEqual([
        200,
        String(der.length),
        0,
      ]);
    }
    for (const path of ['/crl/tls-delta.crl', `/crl/${CA}/2-2.crl`, `/crl/${CA}/4-0.crl`, `/crl/${CA}/3-0.crl`])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
  });

  it('say what is revoked and on hold, whatever the database says, and a removal makes nothing good', async () => {
    const [inDelta, inPart, held] = [await issue(world), await issue(world), await issue(world)];
    expect(await Promise.all([inDelta, inPart, held].map(statusOf))).toEqual(['good', 'good', 'good']);
    await publishCrl(world, {
      ca: CA,
      scope: 'delta',
      number: 11n,
      base: 1n,
      entries: [
        { serial: inDelta.serial, reason: 1 },
        { serial: held.serial, reason: 6 },
      ],
    });
    await publishCrl(world, {
      ca: CA,
      scope: shardOf(inPart.serial, 2),
      number: 11n,
      entries: [{ serial: inPart.serial, reason: 4 }],
    });
    await waitUntil('revoked', async () => (await statusOf(inPart)) === 'revoked 4', 8_000);
    expect(await Promise.all([inDelta, held].map(statusOf))).toEqual(['revoked 1', 'revoked 6']);
    const removal = await publishCrl(world, {
      ca: CA,
      scope: 'delta',
      number: 12n,
      base: 1n,
      entries: [inDelta, held].map(({ serial }) => ({ serial, reason: 8 })),
    });
    await served(`/crl/${CA}-delta.crl`, removal);
    expect(await Promise.all([inDelta, held].map(statusOf))).toEqual(['revoked 1', 'revoked 6']);
    await reopen();
    await va.loaded;
    expect(await Promise.all([inDelta, held, inPart].map(statusOf))).toEqual(['revoked 1', 'revoked 6', 'revoked 4']);
  });

  it('that do not verify are passed over for the next lower number', async () => {
    const good = await publishCrl(world, { ca: CA, scope: 'delta', number: 20n, base: 1n, quiet: true });
    const times = { thisUpdate: new Date(), nextUpdate: new Date(Date.now() + 86_400_000) };
    const other = await publishCrl(world, { ca: CA, scope: '2-1', number: 20n, quiet: true });
    // A part in the place of a delta, and one of another part.
    await storeCrl(world, { ca: CA, scope: 'delta', number: 22n, der: other, ...times });
    await storeCrl(world, { ca: CA, scope: '2-0', number: 22n, der: other, ...times });
    const before = (await get(`/crl/${CA}/2-0.crl`)).bytes;
    await publishCrl(world, { ca: CA, scope: 'delta', number: 21n, base: 20n });
    await served(`/crl/${CA}-delta.crl`, good);
    await served(`/crl/${CA}/2-1.crl`, other);
    expect((await get(`/crl/${CA}/2-0.crl`)).bytes).toEqual(before);
    expect(refusals().length).toBeGreaterThanOrEqual(3);
  });

  it('of which the number did not rise are not read again', async () => {
    await asSuperuser(world, ['crls'], `update crls set der = '\\x00' where ca = '${CA}' and scope = '2-1'`);
    const seen = refusals().length;
    const next = await publishCrl(world, { ca: CA, scope: '2-0', number: 30n });
    await served(`/crl/${CA}/2-0.crl`, next);
    expect(refusals().length).toBe(seen);
    expect((await get(`/crl/${CA}/2-1.crl`)).status).toBe(200);
  });

  it('outlive the database and a restart, and do not go back', async () => {
    const paths = [`/crl/${CA}-delta.crl`, `/crl/${CA}/2-0.crl`, `/crl/${CA}/2-1.crl`];
    const lists = async () => (await Promise.all(paths.map((path) => get(path)))).map(({ bytes }) => bytes.toHex());
    const before = await lists();
    await va.close();
    await world.postgres.stop();
    va = await openVa(world);
    expect(await lists()).toEqual(before);
    await va.close();
    await world.restartPostgres();
    const folder = join(world.layout.stateDir, 'va');
    for (const name of readdirSync(folder)) if (name.endsWith('-2-0.crl')) rmSync(join(folder, name));
    await asSuperuser(world, ['crls'], `delete from crls where ca = '${CA}' and scope = '2-0' and number > 10`);
    va = await openVa(world);
    await va.loaded;
    // Number 10 is below the one that was seen: none is better than one that has forgotten.
    expect((await get(`/crl/${CA}/2-0.crl`)).status).toBe(404);
    const next = await publishCrl(world, { ca: CA, scope: '2-0', number: 31n });
    await served(`/crl/${CA}/2-0.crl`, next);
  });
});

describe('lists that two administrators want', () => {
  const ready = async () => (await (await fetch(`${va.url}/readyz`)).json()) as { ready: boolean; degraded: string[] };

  it('are said to be missing, in words and metrics, until they are there', async () => {
    const { configuration } = world.signer.chain.authority;
    const crls = [{ ca: 'tls', delta: true, shards: [2] }];
    await propose(
      world,
      'configuration-activate',
      { ...configuration, status: { ...configuration.status, crls } },
      world.administrators,
    );
    const line = 'of the CRLs of tls, these are missing or have expired: delta, 2-0, 2-1';
    await waitUntil('it says so', async () => (await ready()).degraded.includes(line), 8_000);
    expect((await get('/crl/tls/2-0.crl')).status).toBe(503);
    expect((await get('/crl/tls/4-0.crl')).status).toBe(404);
    expect(new TextDecoder().decode((await get('/metrics')).bytes)).toContain(
      'see_va_crl_missing{ca="tls",kind="parts"} 2\n',
    );
    const policies = new TextDecoder().decode((await get('/cp')).bytes);
    for (const path of ['tls.crl', 'tls-delta.crl', 'tls/2-0.crl', 'tls/2-1.crl'])
      expect(policies).toContain(`<a href="${world.instance.urls.va}/crl/${path}">${path}</a>`);
    await waitUntil(
      'all are there',
      async () => {
        await world.signer.crls.run();
        return !(await ready()).degraded.some((one) => one.includes('CRLs of tls'));
      },
      15_000,
    );
    const metrics = new TextDecoder().decode((await get('/metrics')).bytes);
    for (const kind of ['full', 'delta', 'parts']) {
      expect(metrics).toContain(`see_va_crl_missing{ca="tls",kind="${kind}"} 0\n`);
      expect(metrics).toMatch(new RegExp(`see_va_crl_remaining_seconds\\{ca="tls",kind="${kind}"\\} 17[0-9]{4}`));
    }
  });

  it('are exported with the others', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'see-lists-'));
    const plan: StatusPlan = { responderKey: 'P-384', crls: [{ ca: 'tls', delta: true, shards: [2] }] };
    const none = (async function* (): AsyncGenerator<never> {})();
    const report = await exportVa({ va: va.url, folder, cas: ['tls'], plan, certificates: none, now: new Date() });
    expect(report.failed).toEqual([]);
    for (const path of ['crl/root.crl', 'crl/tls.crl', 'crl/tls-delta.crl', 'crl/tls/2-0.crl', 'crl/tls/2-1.crl'])
      expect([path, readFileSync(join(folder, path)).toString('hex')]).toEqual([
        path,
        (await get(`/${path}`)).bytes.toHex(),
      ]);
    const more: StatusPlan = { responderKey: 'P-384', crls: [{ ca: 'tls', delta: false, shards: [4] }] };
    const again = (async function* (): AsyncGenerator<never> {})();
    const partly = await exportVa({
      va: va.url,
      folder,
      cas: ['tls'],
      plan: more,
      certificates: again,
      now: new Date(),
    });
    expect(partly.failed).toEqual(['4-0', '4-1', '4-2', '4-3'].map((part) => `/crl/tls/${part}.crl`));
    expect(existsSync(join(folder, 'crl/tls-delta.crl'))).toBe(false);
    rmSync(folder, { recursive: true });
  });
});
