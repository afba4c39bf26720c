import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApprovalKey } from '@see/cli';
import { notify } from '@see/db';
import { generatePkcs8, SoftwareSigner } from '@see/keys';
import { parseOcspResponse } from '@see/ocsp';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../support/superuser.ts';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';
import {
  type IssuedCertificate,
  issue,
  ocspRequest,
  openVa,
  revoke,
  type TestVa,
  type TestVaOptions,
  whenReady,
} from './va-harness.ts';
import { signedRelease } from './va-statements.ts';

const NONCE = new Uint8Array(randomBytes(32));
let world: World;
let va: TestVa;
const folders: string[] = [];
const opened: TestVa[] = [];

beforeAll(async () => {
  world = await makeWorld();
  va = await openVa(world);
  await whenReady(world, va);
});
afterEach(async () => {
  for (const other of opened.splice(0)) await other.close();
});
afterAll(async () => {
  await va?.close();
  await world?.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Another va, on a copy of the sealed store alone: it remembers nothing. */
async function freshVa(options: TestVaOptions = {}): Promise<TestVa> {
  const stateDir = mkdtempSync(join(tmpdir(), 'see-va-fresh-'));
  folders.push(stateDir);
  const own = join(world.layout.stateDir, 'va');
  for (const name of ['store.json', 'identity.sealed', 'ocsp-keys.sealed'])
    cpSync(join(own, name), join(stateDir, name));
  const fresh = await openVa(
    { ...world, instance: { ...world.instance, ports: { ...world.instance.ports, va: 0 } } },
    { stateDir, ...options },
  );
  opened.push(fresh);
  return fresh;
}

async function statusAt(at: TestVa, certificate: IssuedCertificate, nonce?: Uint8Array): Promise<string> {
  const response = await fetch(`${at.url}/ocsp`, { method: 'POST', body: ocspRequest(world, certificate, nonce) });
  const answer = parseOcspResponse(new Uint8Array(await response.arrayBuffer()));
  const status = answer.basic?.responses[0]?.status;
  if (!status) return answer.status;
  return status.kind === 'revoked' ? `revoked ${status.reason ?? 0}` : status.kind;
}

/** The first question about a certificate may find a database that takes more than 200 ms. */
function whenGood(at: TestVa, certificate: IssuedCertificate): Promise<boolean> {
  return waitUntil('it is good', async () => (await statusAt(at, certificate)) === 'good', 5_000);
}

async function release(certificate: IssuedCertificate, holdId: number, signers: readonly ApprovalKey[]): Promise<void> {
  const statementDigest = await signedRelease(world, certificate, holdId, signers);
  await revoke(world, certificate, { kind: 'release', statementDigest });
}

describe('revocation reaches OCSP', () => {
  it('within a second, also where a good answer is in memory and in the URL cache', async () => {
    const certificate = await issue(world);
    const url = `${va.url}/ocsp/${encodeURIComponent(Buffer.from(ocspRequest(world, certificate)).toString('base64'))}`;
    const ask = async () => {
      const answer = parseOcspResponse(new Uint8Array(await (await fetch(url)).arrayBuffer()));
      return answer.basic?.responses[0]?.status.kind;
    };
    expect([await ask(), await ask()]).toEqual(['good', 'good']);
    await revoke(world, certificate);
    const revokedAt = performance.now();
    await waitUntil('revoked', async () => (await ask()) === 'revoked', 5_000);
    expect(performance.now() - revokedAt).toBeLessThan(1_000);
  });

  it('by a sweep when the notification got lost', async () => {
    const certificate = await issue(world);
    await whenGood(va, certificate);
    await revoke(world, certificate, { quiet: true });
    await waitUntil('revoked', async () => (await statusAt(va, certificate)) === 'revoked 1', 8_000);
  });

  it('a certificate just issued never reads revoked', async () => {
    for (let round = 0; round < 20; round++) {
      const certificate = await issue(world);
      // A database that takes more than 200 ms: tryLater.
      expect(await statusAt(va, certificate)).toMatch(/^(good|tryLater)$/);
    }
  });
});

describe('holds', () => {
  it('end by a statement that an operator signed, and by nothing else', async () => {
    const certificate = await issue(world);
    const holdId = await revoke(world, certificate, { kind: 'hold' });
    await waitUntil('held', async () => (await statusAt(va, certificate)) === 'revoked 6', 5_000);
    await release(certificate, holdId, []);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await statusAt(va, certificate)).toBe('revoked 6');
  });

  it('a signed release makes it good again, a later hold holds', async () => {
    const certificate = await issue(world);
    const holdId = await revoke(world, certificate, { kind: 'hold' });
    await waitUntil('held', async () => (await statusAt(va, certificate)) === 'revoked 6', 5_000);
    await release(certificate, holdId, [world.operators[0]]);
    await waitUntil('good', async () => (await statusAt(va, certificate)) === 'good', 5_000);
    await revoke(world, certificate, { kind: 'hold' });
    await waitUntil('held again', async () => (await statusAt(va, certificate)) === 'revoked 6', 5_000);
    const after = await freshVa();
    await after.loaded;
    expect(await statusAt(after, certificate)).toBe('revoked 6');
  });

  it('the release of an earlier hold, put back by who owns the database, releases nothing', async () => {
    const certificate = await issue(world);
    const first = await revoke(world, certificate, { kind: 'hold' });
    await release(certificate, first, [world.operators[0]]);
    const second = await revoke(world, certificate, { kind: 'hold' });
    await waitUntil('held', async () => (await statusAt(va, certificate)) === 'revoked 6', 5_000);
    await asSuperuser(world, ['revocations'], `delete from revocations where id = ${second}`);
    await notify(world.owner, 'see_revocations', second);
    const { rows } = await sql<{
      id: number;
    }>`select id from revocations where certificate_id = ${certificate.id}`.execute(world.owner);
    expect(rows).toHaveLength(2);
    await va.close();
    va = await openVa(world);
    await va.loaded;
    expect(await statusAt(va, certificate)).toBe('revoked 6');
  });
});

describe('a restart', () => {
  it('knows what was issued, revoked, held and released while it was away', async () => {
    const [before, revoked, held] = [await issue(world), await issue(world), await issue(world)];
    await waitUntil('known', async () => (await statusAt(va, held)) === 'good', 5_000);
    await va.close();
    const issued = await issue(world);
    await revoke(world, revoked);
    await revoke(world, held, { kind: 'hold' });
    va = await openVa(world);
    await va.loaded;
    const found = await Promise.all([before, revoked, held, issued].map((one) => statusAt(va, one)));
    expect(found).toEqual(['good', 'revoked 1', 'revoked 6', 'good']);
  });

  it('without its snapshot, or with one that was changed, learns everything anew and says so', async () => {
    const certificate = await issue(world);
    const revoked = await issue(world);
    await revoke(world, revoked);
    await waitUntil('revoked', async () => (await statusAt(va, revoked)) === 'revoked 1', 5_000);
    await va.close();
    const path = join(world.layout.stateDir, 'va', 'status.snapshot');
    const octets = readFileSync(path);
    octets[octets.length >> 1] = (octets[octets.length >> 1] as number) ^ 1;
    writeFileSync(path, octets);
    va = await openVa(world);
    await va.loaded;
    expect(va.logged.some(({ message }) => message.includes('snapshot is not used'))).toBe(true);
    expect(await statusAt(va, certificate)).toBe('good');
    expect(await statusAt(va, revoked)).toBe('revoked 1');
    await va.close();
    rmSync(path);
    va = await openVa(world);
    await va.loaded;
    expect(await statusAt(va, certificate)).toBe('good');
    expect(await statusAt(va, revoked)).toBe('revoked 1');
  });
});

describe('one-way memory (promise 8)', () => {
  it('a revocation that vanished from the database stays, for who saw it', async () => {
    const certificate = await issue(world);
    const id = await revoke(world, certificate);
    await waitUntil('revoked', async () => (await statusAt(va, certificate)) === 'revoked 1', 5_000);
    await asSuperuser(world, ['revocations'], `delete from revocations where id = ${id}`);
    await va.close();
    va = await openVa(world);
    await va.loaded;
    expect(await statusAt(va, certificate)).toBe('revoked 1');
    expect(await statusAt(va, certificate, new Uint8Array(randomBytes(32)))).toBe('revoked 1');
    const alarm = await waitUntil('the alarm', () =>
      world.owner
        .selectFrom('audit_events')
        .select(['kind', 'outcome', 'login'])
        .where('object_id', '=', `individual:${certificate.serial.toHex()}`)
        .executeTakeFirst(),
    );
    expect(alarm).toEqual({ kind: 'status.vanished', outcome: 'failure', login: 'see_va' });
  });

  it('and for who never saw it, from the CRL', async () => {
    const certificate = await issue(world);
    const id = await revoke(world, certificate);
    const signer = await world.restartSigner();
    const ca = signer.cas.get('individual');
    if (!ca) throw new Error('no CA');
    await signer.crls.publish(ca);
    await asSuperuser(world, ['revocations'], `delete from revocations where id = ${id}`);
    const fresh = await freshVa();
    await fresh.loaded;
    expect(await statusAt(fresh, certificate)).toBe('revoked 1');
  });

  it('a certificate whose rows vanished altogether stays revoked', async () => {
    const certificate = await issue(world);
    await revoke(world, certificate);
    await waitUntil('revoked', async () => (await statusAt(va, certificate)) === 'revoked 1', 5_000);
    await asSuperuser(
      world,
      ['revocations', 'certificates', 'certificate_bytes'],
      `delete from certificate_bytes where certificate_id = ${certificate.id}`,
      `delete from revocations where certificate_id = ${certificate.id}`,
      `delete from certificates where id = ${certificate.id}`,
    );
    await va.close();
    va = await openVa(world);
    await va.loaded;
    expect(await statusAt(va, certificate)).toBe('revoked 1');
  });
});

describe('forgeries', () => {
  it('a row whose octets the CA did not sign is never good', async () => {
    const forged = await issue(world, { signer: SoftwareSigner.fromPkcs8(await generatePkcs8('P-384')) });
    expect(await statusAt(va, forged)).toBe('tryLater');
    const kinds = await waitUntil('the alarm', async () => {
      const rows = await world.owner
        .selectFrom('audit_events')
        .select('kind')
        .where('object_id', '=', `individual:${forged.serial.toHex()}`)
        .execute();
      return rows.length > 0 && rows.map((row) => row.kind);
    });
    expect(kinds).toEqual(['status.forged']);
  });

  it('octets of another certificate under a row of their own are never good', async () => {
    const genuine = await issue(world);
    const stolen = await issue(world, { quiet: true });
    await asSuperuser(
      world,
      ['certificate_bytes'],
      `update certificate_bytes set der = '\\x${genuine.der.toHex()}' where certificate_id = ${stolen.id}`,
    );
    expect(await statusAt(va, stolen)).toBe('tryLater');
    expect(await statusAt(va, genuine)).toBe('good');
  });

  it('a CRL that another key signed, or an older one with a higher number in its row, is not published', async () => {
    const before = new Uint8Array(await (await fetch(`${va.url}/crl/individual.crl`)).arrayBuffer());
    const forged = Uint8Array.from(before);
    forged[forged.length - 1] = (forged[forged.length - 1] as number) ^ 1;
    for (const [number, der] of [
      [900_001, forged],
      [900_002, readFileSync(join(world.layout.stateDir, 'va', 'tls.crl'))],
    ] as const) {
      await world.owner
        .insertInto('crls')
        .values({
          ca: 'individual',
          number,
          der: new Uint8Array(der),
          entries: 0,
          this_update: new Date(),
          next_update: new Date(),
        })
        .execute();
    }
    await notify(world.owner, 'see_crls', 900_002);
    await waitUntil('the refusal', () => va.logged.some(({ message }) => message === 'status.crl-refused'), 8_000);
    const after = new Uint8Array(await (await fetch(`${va.url}/crl/individual.crl`)).arrayBuffer());
    expect(after).toEqual(before);
  });

  it('CA certificates that are not of this root are not trusted', async () => {
    const stranger = await freshVa();
    await stranger.loaded;
    const other = await openVa(
      {
        ...world,
        instance: {
          ...world.instance,
          rootFingerprint: 'ab'.repeat(32),
          ports: { ...world.instance.ports, va: 0 },
        },
      },
      { stateDir: folderWithStore() },
    );
    opened.push(other);
    await waitUntil('it complains', () =>
      other.logged.some(({ fields }) =>
        JSON.stringify(String((fields as { error?: unknown }).error)).includes('not the instance'),
      ),
    );
    expect(await statusAt(other, await issue(world))).toBe('tryLater');
    expect((await fetch(`${other.url}/ca/root.cer`)).status).toBe(503);
  });
});

function folderWithStore(): string {
  const stateDir = mkdtempSync(join(tmpdir(), 'see-va-fresh-'));
  folders.push(stateDir);
  for (const name of ['store.json', 'identity.sealed'])
    cpSync(join(world.layout.stateDir, 'va', name), join(stateDir, name));
  return stateDir;
}

describe('responder keys', () => {
  const requests = async () => {
    const row = await world.owner
      .selectFrom('ocsp_key_requests')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  };

  it('survive restarts', async () => {
    const before = await requests();
    await va.close();
    va = await openVa(world);
    await va.loaded;
    await whenGood(va, await issue(world));
    expect(await requests()).toBe(before);
  });

  it('are asked for anew at half of their life, at most four a CA; answers end with the delegate', async () => {
    const later = await freshVa({ now: () => new Date(Date.now() + 8 * 86_400_000) });
    await later.loaded;
    for (let round = 0; round < 5; round++) {
      await (await world.restartSigner()).ocspKeys.run();
      await notify(world.owner, 'see_ocsp_keys', round);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    const perCa = await world.owner
      .selectFrom('ocsp_key_requests')
      .select(['ca', (select) => select.fn.countAll<number>().as('count')])
      .groupBy('ca')
      .execute();
    expect(Object.fromEntries(perCa.map((row) => [row.ca, Number(row.count)]))).toEqual({
      gateway: 4,
      individual: 4,
      operations: 4,
      tls: 4,
    });
    await whenGood(later, await issue(world));
    const nearEnd = await freshVa({ now: () => new Date(Date.now() + 13.9 * 86_400_000) });
    await nearEnd.loaded;
    const certificate = await issue(world);
    await waitUntil('it is known', async () => (await statusAt(nearEnd, certificate)) === 'good', 5_000);
    const response = await fetch(`${nearEnd.url}/ocsp`, { method: 'POST', body: ocspRequest(world, certificate) });
    const { basic } = parseOcspResponse(new Uint8Array(await response.arrayBuffer()));
    const nextUpdate = basic?.responses[0]?.nextUpdate?.getTime() ?? 0;
    const delegateEnd = Date.now() + 14 * 86_400_000;
    expect(nextUpdate).toBeGreaterThan(0);
    expect(nextUpdate).toBeLessThanOrEqual(delegateEnd);
  });
});

describe('more than can be signed', () => {
  const ask = async (at: TestVa, request: Uint8Array) => {
    const response = await fetch(`${at.url}/ocsp`, { method: 'POST', body: request });
    return new Uint8Array(await response.arrayBuffer());
  };

  it('who asks the same at once gets the same signature', async () => {
    const request = ocspRequest(world, await issue(world));
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(va, request)));
    expect(new Set(answers.map((answer) => answer.toHex())).size).toBe(1);
  });

  it('nonces are left out before anyone is left without an answer; floods of random serial numbers cost no signatures', async () => {
    const narrow = await freshVa({ limits: { responder: { signings: 1, live: 0, neverIssued: 0 } } });
    await narrow.loaded;
    const certificate = await issue(world);
    await whenGood(narrow, certificate);
    const many = <T>(one: () => T) => Promise.all(Array.from({ length: 100 }, one));
    const nonces = await many(async () =>
      parseOcspResponse(await ask(narrow, ocspRequest(world, certificate, new Uint8Array(randomBytes(32))))),
    );
    expect(new Set(nonces.map(({ basic }) => basic?.responses[0]?.status.kind))).toEqual(new Set(['good']));
    expect(new Set(nonces.map(({ basic }) => basic?.nonce === undefined))).toEqual(new Set([true, false]));
    const random = await many(async () => {
      const serial = new Uint8Array(randomBytes(16));
      serial[0] = 0x41;
      return statusAt(narrow, { ...certificate, serial });
    });
    // A database that takes its time is asked no longer than 200 ms.
    expect(new Set(random.filter((one) => one !== 'tryLater'))).toEqual(new Set(['revoked 6', 'unauthorized']));
  });
});

describe('without the database', () => {
  it('what is known is answered for twelve hours, also after a restart, what is not gets tryLater', async () => {
    let ahead = 0;
    const now = () => new Date(Date.now() + ahead);
    await va.close();
    va = await openVa(world, { now });
    await va.loaded;
    const known = await issue(world);
    const revoked = await issue(world);
    await revoke(world, revoked);
    const unknown = { ...known, serial: Uint8Array.fromHex('4102030405060708090a0b0c0d0e0f10') };
    await waitUntil('revoked', async () => (await statusAt(va, revoked)) === 'revoked 1', 5_000);
    expect(await statusAt(va, known)).toBe('good');
    expect(await statusAt(va, unknown)).toBe('revoked 6');
    await world.postgres.stop();
    const stoppedAt = Date.now();
    await waitUntil('it noticed', async () => {
      const ready = (await (await fetch(`${va.url}/readyz`)).json()) as { degraded: string[] };
      return ready.degraded.some((line) => line.includes('database'));
    });
    expect((await fetch(`${va.url}/readyz`)).status).toBe(200);
    expect(await statusAt(va, known)).toBe('good');
    expect(await statusAt(va, revoked)).toBe('revoked 1');
    expect(await statusAt(va, unknown)).toBe('tryLater');
    expect((await fetch(`${va.url}/crl/individual.crl`)).status).toBe(200);
    expect((await fetch(`${va.url}/cp`)).status).toBe(200);

    // thisUpdate is when the status was known, not when the answer was signed (REV-24).
    ahead = 11 * 3_600_000;
    const response = await fetch(`${va.url}/ocsp`, { method: 'POST', body: ocspRequest(world, known, NONCE) });
    const { basic } = parseOcspResponse(new Uint8Array(await response.arrayBuffer()));
    expect(basic?.responses[0]?.status.kind).toBe('good');
    expect(basic?.responses[0]?.thisUpdate.getTime()).toBeLessThanOrEqual(stoppedAt + 1_000);
    expect(basic?.producedAt.getTime()).toBeGreaterThan(stoppedAt + 10 * 3_600_000);
    ahead = 13 * 3_600_000;
    expect(await statusAt(va, known)).toBe('tryLater');
    expect(await statusAt(va, known, NONCE)).toBe('tryLater');
    expect(await statusAt(va, revoked)).toBe('revoked 1');

    await va.close();
    va = await openVa(world);
    expect((await fetch(`${va.url}/crl/individual.crl`)).status).toBe(200);
    expect((await fetch(`${va.url}/ca/chain.pem`)).status).toBe(200);
    expect(await statusAt(va, revoked)).toBe('revoked 1');
    expect(await statusAt(va, known)).toBe('good');
    expect(await statusAt(va, unknown)).toBe('tryLater');
    expect((await fetch(`${va.url}/readyz`)).status).toBe(503);
    await va.close();
    va = await openVa(world, { now });
    expect(await statusAt(va, revoked)).toBe('revoked 1');
    expect(await statusAt(va, known)).toBe('tryLater');
  });
});
