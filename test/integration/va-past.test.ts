import { generatePkcs8, SoftwareSigner } from '@see/keys';
import { parseCrl } from '@see/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSee } from '../support/see-command.ts';
import { asSuperuser } from '../support/superuser.ts';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';
import { publishCrl, storeCrl } from './made-crl.ts';
import { type IssuedCertificate, issue, openVa, revoke, type TestVa, whenReady } from './va-harness.ts';
import { signedRelease } from './va-statements.ts';

const CA = 'individual';
const HOUR = 3_600_000;
let world: World;
let va: TestVa;
/** One moment for the whole file: a time asked for twice is the same time. */
const START = Math.floor(Date.now() / 1000) * 1000;
const before = (hours: number) => new Date(START - hours * HOUR);

beforeAll(async () => {
  world = await makeWorld();
  va = await openVa(world);
  await whenReady(world, va);
});
afterAll(async () => {
  await va?.close();
  await world?.close();
});

interface Answer {
  readonly status: string;
  readonly reason: string | null;
  readonly since: string | null;
  readonly invalidityDate: string | null;
  readonly retroactive: boolean;
  readonly evidence: Record<'inForce' | 'firstListing', { number: number; url: string; lists?: boolean } | null>;
}

async function past(serial: Uint8Array, at?: Date | string): Promise<Answer> {
  const query = at === undefined ? '' : `?at=${encodeURIComponent(typeof at === 'string' ? at : at.toISOString())}`;
  const response = await fetch(`${va.url}/status/${CA}/${serial.toHex()}${query}`);
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  return (await response.json()) as Answer;
}

/** Moves an event to a time in the past, as if it had been recorded then. */
const dated = (id: number, at: Date) =>
  asSuperuser(world, ['revocations'], `update revocations set revoked_at = '${at.toISOString()}' where id = ${id}`);
const old = (options = {}) => issue(world, { notBefore: before(100), ...options });
const told = async (certificate: IssuedCertificate, hours: readonly number[]) =>
  (await Promise.all(hours.map((hour) => past(certificate.serial, before(hour))))).map(({ status }) => status);

describe('the status at a time', () => {
  it('follows hold, release and revocation, and validity', async () => {
    const certificate = await old();
    const holdId = await revoke(world, certificate, { kind: 'hold' });
    await dated(holdId, before(40));
    const releasedAt = before(30);
    const statementDigest = await signedRelease(world, certificate, holdId, [world.operators[0], world.operators[1]]);
    await waitUntil('held', async () => (await past(certificate.serial)).status === 'held', 8_000);
    const release = await revoke(world, certificate, { kind: 'release', statementDigest });
    await waitUntil('good', async () => (await past(certificate.serial)).status === 'good', 8_000);
    // Its statement was signed now: at that time it had not been.
    await dated(release, releasedAt);
    expect(await told(certificate, [20])).toEqual(['held']);
    await dated(release, new Date());
    const revocation = await revoke(world, certificate, { reason: 4 });
    await waitUntil('revoked', async () => (await past(certificate.serial)).status === 'revoked', 8_000);
    await dated(revocation, new Date());
    expect(await told(certificate, [101, 99, 41, 39, 1])).toEqual(['not-yet-valid', 'good', 'good', 'held', 'held']);
    const short = await old({ notAfter: before(10) });
    expect(await told(short, [101, 50, 10, 9])).toEqual(['not-yet-valid', 'good', 'good', 'expired']);
  });

  it('names the list that was in force and the first that lists it, as the CLI does in words', async () => {
    const certificate = await old();
    const event = await revoke(world, certificate, { reason: 1 });
    const revokedAt = before(25);
    await dated(event, revokedAt);
    const listed = [{ serial: certificate.serial, reason: 1, revokedAt }];
    // Numbers rise with time: those of the signer are of now.
    const at = (number: bigint, hours: number, entries: typeof listed) =>
      publishCrl(world, { ca: CA, scope: 'full', number, thisUpdate: before(hours), entries, quiet: true });
    const [none, first] = [await at(100_001n, 30, []), await at(100_002n, 24, listed)];
    await at(100_003n, 18, listed);
    const good = await past(certificate.serial, before(26));
    expect(good).toMatchObject({ status: 'good', reason: null, since: null, retroactive: false });
    expect(good.evidence.inForce).toMatchObject({ number: 100_001, lists: false });
    expect(good.evidence.firstListing).toBeNull();
    const revoked = await past(certificate.serial, before(17));
    expect(revoked).toMatchObject({ status: 'revoked', reason: 'keyCompromise', since: revokedAt.toISOString() });
    expect(revoked.evidence.inForce).toMatchObject({ number: 100_003, lists: true });
    expect(revoked.evidence.firstListing).toMatchObject({ number: 100_002 });
    for (const [list, der] of [
      [good.evidence.inForce, none],
      [revoked.evidence.firstListing, first],
    ] as const) {
      const path = new URL(list?.url ?? '').pathname;
      const response = await fetch(`${va.url}${path}`);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable, no-transform');
      expect(response.headers.get('content-type')).toBe('application/pkix-crl');
      const octets = new Uint8Array(await response.arrayBuffer());
      expect(octets).toEqual(der);
      expect(parseCrl(octets).crlNumber).toBe(BigInt(list?.number ?? 0));
    }
    expect((await past(certificate.serial, before(90))).evidence.inForce).toBeNull();
    const command = ['cert', 'status', certificate.serial.toHex(), '--ca', CA, '--url', va.url];
    const see = (at: string) => runSee({ program: 'see', environment: {} }, ...command, '--at', at);
    const { stdout, code } = await see(before(17).toISOString());
    expect(code).toBe(0);
    for (const words of [
      `was revoked at ${before(17).toISOString().slice(0, 13)}`,
      'reason keyCompromise',
      'CRL 100003 of',
      'and lists it: http',
      'First listed by CRL 100002 of',
    ])
      expect(stdout).toContain(words);
    const future = await see('2999-01-01T00:00:00Z');
    expect([future.code === 0, future.stderr.includes('future')]).toEqual([false, true]);
  });

  it('is revoked where rows vanished but a signed list has it, and from the invalidity date on', async () => {
    const certificate = await old();
    const revokedAt = before(12);
    await publishCrl(world, {
      ca: CA,
      scope: 'full',
      number: 100_004n,
      thisUpdate: before(11),
      entries: [{ serial: certificate.serial, reason: 4, revokedAt }],
      quiet: true,
    });
    expect(await told(certificate, [13, 10])).toEqual(['good', 'revoked']);
    const other = await old();
    const event = await revoke(world, other, { reason: 1 });
    await asSuperuser(
      world,
      ['revocations'],
      `update revocations set revoked_at = '${before(5).toISOString()}', invalidity_date = '${before(50).toISOString()}' where id = ${event}`,
    );
    expect(await told(other, [51, 49, 1])).toEqual(['good', 'revoked', 'revoked']);
    const answer = await past(other.serial, before(49));
    expect([answer.retroactive, answer.invalidityDate]).toEqual([true, before(50).toISOString()]);
  });

  it('is never good of what was not issued, of forged octets, or of the future', async () => {
    expect((await past(Uint8Array.fromHex('4102030405060708090a0b0c0d0e0f10'), before(1))).status).toBe('unknown');
    expect((await past((await old({ intentOnly: true })).serial, before(1))).status).toBe('unknown');
    const signer = SoftwareSigner.fromPkcs8(await generatePkcs8('P-384'));
    expect((await past((await old({ signer })).serial, before(1))).status).toBe('unknown');
    const { serial } = await old();
    for (const query of [
      `?at=${new Date(Date.now() + 60_000).toISOString()}`,
      '?at=yesterday',
      '?at=2026-02-30T00:00:00Z',
      '?when=now',
      '?at=2026-01-01T00:00:00Z&at=2026-01-02T00:00:00Z',
    ])
      expect([query, (await fetch(`${va.url}/status/${CA}/${serial.toHex()}${query}`)).status]).toEqual([query, 400]);
    for (const path of [`/status/root/${serial.toHex()}`, `/status/nobody/${serial.toHex()}`, `/status/${CA}/zz`])
      expect([path, (await fetch(`${va.url}${path}`)).status]).toEqual([path, 404]);
  });

  it('a stored list that does not verify, or has another number, is not given', async () => {
    const times = { thisUpdate: before(2), nextUpdate: before(-40) };
    const der = await publishCrl(world, {
      ca: CA,
      scope: 'full',
      number: 100_010n,
      thisUpdate: before(2),
      quiet: true,
    });
    await storeCrl(world, { ca: CA, scope: 'full', number: 100_011n, der, ...times });
    await storeCrl(world, {
      ca: CA,
      scope: 'full',
      number: 100_012n,
      der: der.with(-1, (der.at(-1) ?? 0) ^ 1),
      ...times,
    });
    const codes = await Promise.all(
      [100_010, 100_011, 100_012, 100_013].map(
        async (number) => (await fetch(`${va.url}/crl/${CA}/number/${number}.crl`)).status,
      ),
    );
    expect(codes).toEqual([200, 404, 404, 404]);
    const { serial } = await old();
    expect((await past(serial, before(1))).evidence.inForce?.number).toBe(100_010);
  });

  it('is not told without the database, nor are lists of the past', async () => {
    const { serial } = await old();
    await world.postgres.stop();
    for (const path of [`/status/${CA}/${serial.toHex()}`, `/crl/${CA}/number/100001.crl`]) {
      const response = await fetch(`${va.url}${path}`);
      expect([path, response.status, response.headers.get('retry-after')]).toEqual([path, 503, '5']);
    }
    await world.restartPostgres();
    await waitUntil(
      'it is told again',
      async () => (await fetch(`${va.url}/status/${CA}/${serial.toHex()}`)).status === 200,
      15_000,
    );
  });
});
