import { createHash, hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../support/superuser.ts';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';
import { type IssuedCertificate, issue, ocspRequest, openVa, type TestVa, whenReady } from './va-harness.ts';

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

const encrypting = (name: string) =>
  issue(world, {
    ca: 'individual',
    profileId: 'user-encrypt',
    commonName: name,
    mail: `${name}@treasury.govt.nz`,
    usages: ['keyAgreement'],
  });

async function search(attribute: string, value: string) {
  const response = await fetch(`${va.url}/certs/search.cgi?${new URLSearchParams({ [attribute]: value }).toString()}`);
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
}

const byHash = ({ der }: IssuedCertificate) =>
  search('certHash', createHash('sha1').update(der).digest('base64').slice(0, 27));

/** Two local parts of addresses that the directory keeps under one fingerprint: 32 bits of SHA-256. */
function equalFingerprints(): [string, string] {
  const seen = new Map<number, string>();
  for (let number = 0; ; number += 1) {
    const name = `fay.${number}`;
    const fingerprint = hash('sha256', `mail\0${name}@treasury.govt.nz`, 'buffer').readUInt32LE();
    const other = seen.get(fingerprint);
    if (other !== undefined) return [other, name];
    seen.set(fingerprint, name);
  }
}

async function replaceOctets(certificate: IssuedCertificate, der: Uint8Array): Promise<void> {
  const change = `update certificate_bytes set der = '\\x${der.toHex()}' where certificate_id = ${certificate.id}`;
  await asSuperuser(world, ['certificate_bytes'], change);
}

async function alarms(certificate: IssuedCertificate): Promise<string[]> {
  const rows = await world.owner
    .selectFrom('audit_events')
    .select('kind')
    .where('object_id', '=', `individual:${certificate.serial.toHex()}`)
    .execute();
  return rows.map(({ kind }) => kind);
}

describe('the directory', () => {
  it('knows after a restart what was verified before it, and says at once what is not there', async () => {
    const [one, other] = [await encrypting('ana.one'), await encrypting('ben.two')];
    await waitUntil('it is there', async () => (await search('email', 'ben.two@treasury.govt.nz')).status === 200);
    await waitUntil('the other too', async () => (await search('name', 'ana.one')).status === 200);
    await va.close();
    va = await openVa(world);
    await va.loaded;
    expect(await byHash(one)).toEqual({ status: 200, bytes: one.der });
    const offered = () => search('email', 'ben.two@treasury.govt.nz');
    await waitUntil('what replaces it is read', async () => (await offered()).status === 200);
    expect((await offered()).bytes).toEqual(other.der);
    await waitUntil('it is complete', async () => (await search('name', 'nobody')).status === 404);
  });

  it('tells apart names whose fingerprints are equal', async () => {
    const names = equalFingerprints();
    const certificates = await Promise.all(names.map((name) => encrypting(name)));
    for (const [index, name] of names.entries()) {
      const found = () => search('email', `${name}@treasury.govt.nz`);
      await waitUntil('it is there', async () => (await found()).status === 200);
      expect((await found()).bytes).toEqual(certificates[index]?.der);
    }
  });

  it('gives no octets but those that were verified, and raises an alarm', async () => {
    const [changed, stolen] = [await encrypting('cy.three'), await encrypting('di.four')];
    await waitUntil('they are there', async () =>
      (await Promise.all([byHash(changed), byHash(stolen)])).every(({ status }) => status === 200),
    );
    await replaceOctets(changed, stolen.der);
    expect((await byHash(changed)).status).toBe(503);
    await waitUntil('the alarm', async () => (await alarms(changed)).includes('status.forged'));
    await replaceOctets(changed, changed.der);
    expect((await byHash(changed)).bytes).toEqual(changed.der);
  });

  it('finds octets that were changed while it was away', async () => {
    const forged = await encrypting('ed.five');
    await waitUntil('it is there', async () => (await byHash(forged)).status === 200);
    await va.close();
    const octets = Uint8Array.from(forged.der);
    octets[octets.length - 1] = (octets.at(-1) as number) ^ 1;
    await replaceOctets(forged, octets);
    va = await openVa(world);
    await va.loaded;
    await waitUntil('the alarm', async () => (await alarms(forged)).includes('status.forged'));
    expect((await byHash(forged)).status).not.toBe(200);
    const answer = await fetch(`${va.url}/ocsp`, { method: 'POST', body: ocspRequest(world, forged) });
    // tryLater (RFC 6960 4.2.1), unsigned.
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(Uint8Array.of(0x30, 3, 0x0a, 1, 3));
  });
});
