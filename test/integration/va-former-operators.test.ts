import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApprovalKey, generateApprovalKey } from '@see/cli';
import { parseOcspResponse } from '@see/ocsp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { propose } from '../support/statements.ts';
import { asSuperuser } from '../support/superuser.ts';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';
import { publishCrl } from './made-crl.ts';
import { type IssuedCertificate, issue, ocspRequest, openVa, revoke, type TestVa, whenReady } from './va-harness.ts';
import { signedRelease, signedRevocation } from './va-statements.ts';

const CA = 'individual';
const START = Math.floor(Date.now() / 1000) * 1000;
const before = (hours: number) => new Date(START - hours * 3_600_000);
const leaver = generateApprovalKey('leaver');
const PERSON = 'VVVVVVVVVVVVVVVV';
let world: World;
let va: TestVa;
let folder: string;

beforeAll(async () => {
  world = await makeWorld();
  va = await openVa(world);
  await whenReady(world, va);
  const key = { personId: PERSON, publicKey: { ...leaver.publicKey }, label: 'leaver' };
  expect(await propose(world, 'credential-register', key, world.administrators)).toBe(1);
  expect(await propose(world, 'role-grant', { personId: PERSON, role: 'operator' }, world.administrators)).toBe(1);
  folder = mkdtempSync(join(tmpdir(), 'see-va-fresh-'));
});
afterAll(async () => {
  await va?.close();
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

const HELD = 40;
const RELEASED = 30;
const LISTED_NO_MORE = 28;

const dated = (id: number, hours: number) =>
  `update revocations set revoked_at = '${before(hours).toISOString()}' where id = ${id}`;

/** A certificate that was held, and whose release a key signed, both dated into the past. */
async function released(by: ApprovalKey, held = HELD): Promise<IssuedCertificate> {
  const certificate = await issue(world, { notBefore: before(100) });
  const holdId = await revoke(world, certificate, { kind: 'hold', quiet: true });
  const statementDigest = await signedRelease(world, certificate, holdId, [by], before(RELEASED));
  const release = await revoke(world, certificate, { kind: 'release', statementDigest, quiet: true });
  await asSuperuser(world, ['revocations'], dated(holdId, held), dated(release, RELEASED));
  return certificate;
}

async function past(certificate: IssuedCertificate, hours: number): Promise<string> {
  const response = await fetch(
    `${va.url}/status/${CA}/${certificate.serial.toHex()}?at=${before(hours).toISOString()}`,
  );
  return ((await response.json()) as { status: string }).status;
}

async function now(at: TestVa, certificate: IssuedCertificate): Promise<string> {
  const response = await fetch(`${at.url}/ocsp`, { method: 'POST', body: ocspRequest(world, certificate) });
  const answer = parseOcspResponse(new Uint8Array(await response.arrayBuffer()));
  return answer.basic?.responses[0]?.status.kind ?? answer.status;
}

/** Another va, on a copy of the sealed store alone: it remembers nothing. */
async function freshVa(): Promise<TestVa> {
  for (const name of ['store.json', 'identity.sealed', 'ocsp-keys.sealed'])
    cpSync(join(world.layout.stateDir, 'va', name), join(folder, name));
  const { instance } = world;
  return openVa({ ...world, instance: { ...instance, ports: { ...instance.ports, va: 0 } } }, { stateDir: folder });
}

describe('a release by an operator who has left', () => {
  it('goes on counting where a list shows that it counted, and nothing else does', async () => {
    const genuine = await released(leaver);
    const backdated = await released(leaver);
    const stranger = await released(generateApprovalKey('stranger'));
    // Held in truth since a time at which the row no longer says that it was.
    const moved = await released(leaver, 39);
    const ended = await issue(world, { notBefore: before(100) });
    const both = [leaver, world.operators[0]];
    const statementDigest = await signedRevocation(world, ended, 'superseded', both);
    const revocation = await revoke(world, ended, { reason: 4, statementDigest, quiet: true });
    await asSuperuser(world, ['revocations'], dated(revocation, RELEASED));
    const revoked = { serial: ended.serial, reason: 4, revokedAt: before(RELEASED) };
    const entries = (certificates: readonly IssuedCertificate[], hours: number) =>
      certificates.map(({ serial }) => ({ serial, reason: 6, revokedAt: before(hours) }));
    const list = (number: bigint, hours: number, listed: ReturnType<typeof entries>) =>
      publishCrl(world, { ca: CA, scope: 'full', number, thisUpdate: before(hours), entries: listed, quiet: true });
    await list(100_001n, 35, entries([genuine, backdated, stranger], HELD));
    await list(100_002n, LISTED_NO_MORE, [revoked, ...entries([backdated], HELD)]);
    await list(100_003n, 20, [revoked, ...entries([backdated], HELD), ...entries([moved], 21)]);
    const of = async (certificate: IssuedCertificate) =>
      Promise.all([41, 36, 29, 27, 19].map((hours) => past(certificate, hours)));
    expect(await of(genuine)).toEqual(['good', 'held', 'good', 'good', 'good']);
    expect(await propose(world, 'credential-remove', { credentialId: leaver.credentialId }, world.administrators)).toBe(
      1,
    );
    // Between its row and the first list that shows it, it is not believed.
    expect(await of(genuine)).toEqual(['good', 'held', 'held', 'good', 'good']);
    expect(await of(backdated)).toEqual(['good', 'held', 'held', 'held', 'held']);
    expect(await of(stranger)).toEqual(['good', 'held', 'held', 'held', 'held']);
    expect(await of(moved)).toEqual(['good', 'held', 'held', 'good', 'held']);
    // From its row on: the list says the same, and dates it so.
    expect(await of(ended)).toEqual(['good', 'good', 'revoked', 'revoked', 'revoked']);

    const fresh = await freshVa();
    try {
      await fresh.loaded;
      await waitUntil('the genuine one is good', async () => (await now(fresh, genuine)) === 'good', 15_000);
      for (const certificate of [backdated, stranger, moved, ended])
        expect(await now(fresh, certificate)).toBe('revoked');
      const vanished = JSON.stringify(fresh.logged.filter((line) => JSON.stringify(line).includes('status.vanished')));
      expect(vanished).not.toContain(ended.serial.toHex());
    } finally {
      await fresh.close();
    }
  });
});
