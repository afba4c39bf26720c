import type { StatusPlan } from '@see/domain';
import { buildOcspRequest, parseOcspResponse } from '@see/ocsp';
import { STANDARD_PROFILES } from '@see/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { propose } from '../support/statements.ts';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';
import {
  certIdOf,
  type IssuedCertificate,
  issue,
  openssl,
  openVa,
  revoke,
  type TestVa,
  Workshop,
  whenReady,
} from './va-harness.ts';

const HOUR = 3_600_000;
let world: World;
let va: TestVa;
let workshop: Workshop;
let good: IssuedCertificate;
let revoked: IssuedCertificate;
let ahead = 0;

beforeAll(async () => {
  world = await makeWorld();
  workshop = new Workshop();
  va = await open();
  await whenReady(world, va);
  good = await issue(world);
  revoked = await issue(world);
  await revoke(world, revoked);
  workshop.write('chain.pem', await (await fetch(`${va.url}/ca/chain.pem`)).text());
  workshop.pem('issuer.pem', world.signer.cas.get('individual')?.certificate as Uint8Array);
  workshop.pem('good.pem', good.der);
  workshop.pem('revoked.pem', revoked.der);
});
afterAll(async () => {
  await va?.close();
  await world?.close();
  workshop?.remove();
});

function open(): Promise<TestVa> {
  return openVa(world, { now: () => new Date(Date.now() + ahead) });
}

/** Two administrators say what responder keys are to be. */
async function configure(responderKey: StatusPlan['responderKey']): Promise<void> {
  const { configuration } = world.signer.chain.authority;
  const status = { ...configuration.status, responderKey };
  const subject = JSON.parse(JSON.stringify({ ...configuration, status }));
  expect(await propose(world, 'configuration-activate', subject, world.administrators)).toBe(1);
}

async function requests(): Promise<number> {
  const row = await world.owner
    .selectFrom('ocsp_key_requests')
    .select((select) => select.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

async function ask(certificate: IssuedCertificate) {
  const body = buildOcspRequest([certIdOf(world, certificate, 'sha1')]);
  const response = await fetch(`${va.url}/ocsp`, { method: 'POST', body });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { basic } = parseOcspResponse(bytes);
  return { bytes, algorithm: basic?.signatureAlgorithm, status: basic?.responses[0]?.status.kind };
}

const verdictOf = (certificate: string, ...more: string[]) =>
  openssl(
    'ocsp',
    ...['-issuer', `${workshop.folder}/issuer.pem`, '-cert', `${workshop.folder}/${certificate}.pem`],
    ...['-CAfile', `${workshop.folder}/chain.pem`, '-url', `${va.url}/ocsp`, '-validity_period', '172800', ...more],
  );

describe('responder keys are of the kind that the configuration names', () => {
  it.each([
    ['P-256', 'ecdsa-sha256', 'ecdsa-with-SHA256'],
    ['RSA-3072', 'rsa-sha384', 'sha384WithRSAEncryption'],
  ] as const)('%s: the old key serves until the new one is certified', async (kind, algorithm, name) => {
    const { algorithm: before } = await ask(good);
    const asked = await requests();
    await configure(kind);
    await waitUntil('keys are asked for', async () => (await requests()) === asked + world.signer.cas.size);
    expect(await ask(good)).toMatchObject({ algorithm: before, status: 'good' });

    await world.signer.ocspKeys.run();
    // Answers of the old key are good for as long as they are; the new key signs from now on.
    const fresh = await issue(world);
    await waitUntil('the new key signs', async () => (await ask(fresh)).algorithm === algorithm);
    const withNonce = await verdictOf('good', '-resp_text');
    expect(withNonce).toContain('Response verify OK');
    expect(withNonce).toContain(`Signature Algorithm: ${name}`);
    const ofRevoked = await verdictOf('revoked');
    expect(ofRevoked).toContain('Response verify OK');
    expect(ofRevoked).toContain('revoked.pem: revoked');

    ahead += 6 * HOUR;
    await waitUntil('answers from memory are signed anew', async () => (await ask(good)).algorithm === algorithm);
    const fromMemory = await verdictOf('good', '-no_nonce');
    expect(fromMemory).toContain('Response verify OK');
    expect(fromMemory).toContain('good.pem: good');
  });

  it('and signatures of that size come back from the snapshot', async () => {
    const certificate = await issue(world);
    await waitUntil('every answer is kept', async () => {
      const text = await (await fetch(`${va.url}/metrics`)).text();
      return Number(/^see_va_ocsp_signed (\d+)$/m.exec(text)?.[1]) === certificate.id;
    });
    const before = await ask(certificate);
    await va.close();
    va = await open();
    expect((await ask(certificate)).bytes.toHex()).toBe(before.bytes.toHex());
    expect(before.algorithm).toBe('rsa-sha384');
    await va.loaded;
  });

  it('a key of the kind that is there still is used again', async () => {
    const asked = await requests();
    await configure('P-384');
    await waitUntil('it signs', async () => (await ask(await issue(world))).algorithm === 'ecdsa-sha384');
    expect(await requests()).toBe(asked);
  });

  it('and P-384 where the profile does not take the configured kind, which is said', async () => {
    const content = STANDARD_PROFILES.find(({ id }) => id === 'ocsp-responder');
    const strict = { ...content, version: 2, curves: ['P-384'], exception: null };
    expect(await propose(world, 'profile-activate', { content: strict }, world.administrators)).toBe(1);
    const asked = await requests();
    await configure('P-256');
    await waitUntil('it is said', async () => va.logged.some(({ message }) => message.includes('does not take')));
    expect((await ask(await issue(world))).algorithm).toBe('ecdsa-sha384');
    expect(await requests()).toBe(asked);
  });
});
