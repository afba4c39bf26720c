import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Calls, openCalls } from '../support/registration-calls.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let calls: Calls;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
});
afterAll(async () => {
  await calls?.registration.app.close();
  await world?.close();
});

const hostile = '../shared/hostile';
const present = existsSync(join(hostile, 'manifest.json'));
if (!present) console.warn('SKIPPED: the hostile samples are not beside the project');

describe.skipIf(!present)('hostile requests', () => {
  interface Sample {
    readonly id: string;
    readonly kind: string;
    readonly file: string | null;
    readonly expect: string;
  }
  const samples: Sample[] = present ? JSON.parse(readFileSync(join(hostile, 'manifest.json'), 'utf8')) : [];
  const csrs = samples.filter(({ kind }) => kind === 'csr' || kind === 'csr-pem');

  it('are there', () => {
    expect(csrs.length).toBeGreaterThan(50);
  });

  it.each(csrs)('$id: $expect', async ({ id, kind, file, expect: want }) => {
    if (id === 'key-known-private') {
      const hash = Buffer.from(
        execFileSync('openssl', ['req', '-inform', 'DER', '-in', join(hostile, file ?? ''), '-noout', '-pubkey']),
      );
      const spki = Buffer.from(hash.toString().replace(/-----[^-]+-----/g, ''), 'base64');
      const spkiSha256 = new Uint8Array(createHash('sha256').update(spki).digest());
      await world.owner.insertInto('blocked_keys').values({ spki_sha256: spkiSha256, reason: 'published' }).execute();
    }
    const mustRefuse = want.startsWith('refuse') && !want.startsWith('refuse or');
    const octets = readFileSync(join(hostile, file ?? ''));
    const type = kind === 'csr' ? 'application/pkcs10' : 'application/x-pem-file';
    const started = performance.now();
    const answer = await calls.call(undefined, 'POST', '/api/v1/csr-inspections', octets, { 'content-type': type });
    expect(performance.now() - started).toBeLessThan(1_000);
    expect([200, 400, 413]).toContain(answer.status);
    if (want.startsWith('ACCEPT')) expect(answer.status).toBe(200);
    if (mustRefuse) expect(answer.status, JSON.stringify(answer.body)).not.toBe(200);
    if (answer.status !== 200) expect(answer.body.violations?.length ?? 1).toBeGreaterThan(0);

    const text = kind === 'csr' ? octets.toString('base64') : octets.toString('latin1');
    const wish = calls.wish();
    const order = await calls.call('agent', 'POST', '/api/v1/orders', {
      ...wish,
      items: [{ profile: 'gateway-sign', csr: text || 'AAAA' }],
    });
    if (order.status === 201) {
      // Only the key was taken: what the CSR said besides is nowhere in what is signed.
      const content = await calls.call('operator', 'GET', `/api/v1/orders/${order.body.id}/content`);
      expect(content.raw.toString()).toContain(order.body.id);
      expect(order.body.names).toEqual(['domain-signing-authority@treasury.govt.nz']);
    } else {
      expect([400, 413]).toContain(order.status);
    }
    if (mustRefuse) expect(order.status).not.toBe(201);
  });
});
