import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOcspResponse } from '@see/ocsp';
import { parseCrl } from '@see/x509';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type IssuedCertificate,
  issue,
  ocspRequest,
  openVa,
  revoke,
  type TestVa,
  type TestVaOptions,
  whenReady,
} from '../integration/va-harness.ts';
import { VaProcess } from '../support/va-process.ts';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: World;
const folders: string[] = [];
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  world = await makeWorld();
  const va = await openVa(world);
  await whenReady(world, va);
  await va.close();
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
afterAll(async () => {
  await world?.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function open(options: TestVaOptions = {}): Promise<TestVa> {
  const anyPort = { ...world, instance: { ...world.instance, ports: { ...world.instance.ports, va: 0 } } };
  const va = await openVa(anyPort, options);
  closing.push(() => va.close());
  return va;
}

async function start(stateDir?: string): Promise<VaProcess> {
  const instance = { ...world.instance, ports: { ...world.instance.ports, va: 0 } };
  const va = await VaProcess.start(world, { instance, ...(stateDir ? { stateDir } : {}) });
  closing.push(() => va.end('SIGKILL'));
  return va;
}

/** A state folder of its own with the same identity and responder keys: another va of the same scheme. */
function otherFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'see-va-other-'));
  folders.push(folder);
  for (const name of ['store.json', 'identity.sealed', 'ocsp-keys.sealed'])
    cpSync(join(world.layout.stateDir, 'va', name), join(folder, name));
  return folder;
}

async function answerOf(url: string, certificate: IssuedCertificate) {
  const response = await fetch(`${url}/ocsp`, { method: 'POST', body: ocspRequest(world, certificate) });
  return parseOcspResponse(new Uint8Array(await response.arrayBuffer()));
}

async function statusAt(url: string, certificate: IssuedCertificate): Promise<string> {
  const answer = await answerOf(url, certificate);
  return answer.basic?.responses[0]?.status.kind ?? answer.status;
}

async function whenStatus(url: string, certificate: IssuedCertificate, status: string): Promise<void> {
  await waitUntil(`it is ${status}`, async () => (await statusAt(url, certificate)) === status);
}

async function crlAt(url: string) {
  return parseCrl(new Uint8Array(await (await fetch(`${url}/crl/individual.crl`)).arrayBuffer()));
}

/** What `/readyz` says is amiss. */
async function complaints(url: string): Promise<string> {
  return JSON.stringify(await (await fetch(`${url}/readyz`)).json());
}

describe('a va whose database is killed', () => {
  it('goes on with what it knows, and learns by itself what came when it is back', async () => {
    const va = await start();
    await va.loaded();
    const [known, revoked, later] = [await issue(world), await issue(world), await issue(world)];
    await revoke(world, revoked, { reason: 4 });
    await whenStatus(va.url, revoked, 'revoked');
    await whenStatus(va.url, known, 'good');
    process.kill(world.postgres.identity.pid, 'SIGKILL');
    await waitUntil('it is noticed', async () => (await complaints(va.url)).includes('database'));
    expect([await statusAt(va.url, known), await statusAt(va.url, revoked)]).toEqual(['good', 'revoked']);
    await waitUntil('PostgreSQL is gone', () => !world.postgres.isRunning());
    await world.restartPostgres();
    await revoke(world, later, { quiet: true });
    const fresh = await issue(world, { quiet: true });
    await whenStatus(va.url, later, 'revoked');
    await whenStatus(va.url, fresh, 'good');
    await waitUntil('it is content', async () => !(await complaints(va.url)).includes('database'));
  });
});

describe('a va whose clock is stepped', () => {
  it('by an hour and back sends nothing that begins in the future or has ended', async () => {
    // Two hours after everything was made, so that an hour back is still a time at which it holds.
    let ahead = 2 * HOUR;
    const va = await open({ now: () => new Date(Date.now() + ahead) });
    await va.loaded;
    const certificate = await issue(world);
    for (const step of [2, 3, 2, 1, 2]) {
      ahead = step * HOUR;
      for (let time = 0; time < 3; time += 1) {
        const { basic } = await answerOf(va.url, certificate);
        const [single] = basic?.responses ?? [];
        const now = Date.now() + ahead;
        expect(single?.status.kind, `${step} h`).toBe('good');
        expect(single?.thisUpdate.getTime()).toBeLessThanOrEqual(now + 30_000);
        expect(basic?.producedAt.getTime()).toBeLessThanOrEqual(now + 30_000);
        expect(single?.nextUpdate?.getTime()).toBeGreaterThan(now);
      }
    }
  });
});

describe('a va whose disk is full', () => {
  it('serves what it cannot keep, says so, and keeps it when there is room', async () => {
    const folder = otherFolder();
    const va = await start(folder);
    await va.loaded();
    const certificate = await issue(world);
    await whenStatus(va.url, certificate, 'good');
    va.limitFiles(16);
    await revoke(world, certificate);
    await whenStatus(va.url, certificate, 'revoked');
    const before = await crlAt(va.url);
    await world.restartSigner();
    const ca = world.signer.cas.get('individual');
    if (!ca) throw new Error('no CA');
    await world.signer.crls.publish(ca);
    await waitUntil('the new list is served', async () => {
      const { crlNumber } = await crlAt(va.url);
      return (crlNumber ?? 0n) > (before.crlNumber ?? 0n);
    });
    await waitUntil('both are said', () => /journal/.test(va.errors) && /CRL could not be kept/.test(va.errors));
    va.limitFiles('unlimited');
    const next = await issue(world);
    await revoke(world, next);
    await whenStatus(va.url, next, 'revoked');
    await va.end();
    expect(existsSync(join(folder, 'status.snapshot'))).toBe(true);
    const again = await start(folder);
    expect([await statusAt(again.url, certificate), await statusAt(again.url, next)]).toEqual(['revoked', 'revoked']);
  });
});

describe('a va that is killed', () => {
  it('while it writes knows afterwards whatever it had said', async () => {
    const folder = otherFolder();
    const revoked: IssuedCertificate[] = [];
    const good = await issue(world);
    for (const [round, milliseconds] of [0, 3, 10, 25, 60].entries()) {
      const va = await start(folder);
      for (const certificate of revoked) expect(await statusAt(va.url, certificate)).not.toBe('good');
      await va.loaded();
      for (const certificate of revoked) expect(await statusAt(va.url, certificate)).toBe('revoked');
      expect(await statusAt(va.url, good)).toBe('good');
      for (let count = 0; count < 5; count += 1) {
        const certificate = await issue(world);
        await revoke(world, certificate);
        await whenStatus(va.url, certificate, 'revoked');
        revoked.push(certificate);
      }
      // A snapshot is written at the end: the kill meets it at another point each time.
      if (round % 2 === 0) await va.endWithin(milliseconds);
      else await va.end('SIGKILL');
      expect(va.errors).not.toMatch(/snapshot is not used|damaged/);
    }
  });
});

describe('two va on one host', () => {
  it('answer alike, each with keys of its own, and one goes on without the other', async () => {
    const [one, two] = [await start(otherFolder()), await start(otherFolder())];
    await Promise.all([one.loaded(), two.loaded()]);
    const certificate = await issue(world);
    for (const va of [one, two]) await whenStatus(va.url, certificate, 'good');
    await revoke(world, certificate);
    for (const va of [one, two]) await whenStatus(va.url, certificate, 'revoked');
    const other = await issue(world);
    await one.end('SIGKILL');
    await revoke(world, other);
    await whenStatus(two.url, other, 'revoked');
  });

  it('on the same folder are refused: the second one says so and ends', async () => {
    const folder = otherFolder();
    const first = await start(folder);
    await first.loaded();
    await expect(start(folder)).rejects.toThrow(/in use/);
    expect(first.ended).toBe(false);
  });
});

// The last: a signer that has signed at a later time signs nothing before it.
describe('a signer that is stopped', () => {
  it('past the end of its lists and of the responder keys: no answer that nobody may believe, then good again', async () => {
    let ahead = 0;
    const now = (): number => Date.now() + ahead;
    const va = await open({ stateDir: otherFolder(), now: () => new Date(now()) });
    await va.loaded;
    const certificate = await issue(world);
    await whenStatus(va.url, certificate, 'good');
    ahead = 13.9 * DAY;
    // What was known is too old at once; it is read anew within seconds.
    await whenStatus(va.url, certificate, 'good');
    const { basic } = await answerOf(va.url, certificate);
    expect(basic?.responses[0]?.nextUpdate?.getTime()).toBeLessThanOrEqual(Date.now() + 14 * DAY);
    ahead = 14.1 * DAY;
    expect(await statusAt(va.url, certificate)).toBe('tryLater');
    expect(await complaints(va.url)).toMatch(/responder key/);
    expect(await complaints(va.url)).toMatch(/CRL of individual has expired/);
    expect((await fetch(`${va.url}/crl/individual.crl`)).status).toBe(503);
    const signer = await world.restartSigner({ now });
    await waitUntil('it is good again', async () => {
      await signer.ocspKeys.run();
      return (await statusAt(va.url, certificate)) === 'good';
    });
    const late = await answerOf(va.url, certificate);
    expect(late.basic?.responses[0]?.nextUpdate?.getTime()).toBeGreaterThan(now());
  });
});
