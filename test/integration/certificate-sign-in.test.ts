import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../services/ra/src/app.ts';
import { TlsDoors } from '../../services/ra/src/tls/tls-doors.ts';
import { CertificateDoor, type Credential, type DoorAnswer } from '../support/certificate-door.ts';
import { freePorts } from '../support/free-ports.ts';
import { NO_ASSETS } from '../support/registration.ts';

let on: CertificateDoor;
/** An administrator, and an operator who is a registration agent too. */
let aroha: Credential;
let rangi: Credential;

beforeAll(async () => {
  on = await CertificateDoor.open();
  await on.issueServerCertificate();
  await on.doors.look();
  aroha = await on.issueTo('aroha.ngata@ssc.govt.nz');
  rangi = await on.issueTo('rangi.pohatu@ssc.govt.nz');
  await on.grant('role-grant', 'rangi.pohatu@ssc.govt.nz', 'operator');
});
afterAll(() => on?.close());

interface Visit {
  readonly as?: Credential;
  readonly cookie?: string;
  readonly door?: 'tls' | 'mtls';
  readonly port?: number;
}

function read(path: string, { as, cookie, door = 'mtls', port }: Visit): Promise<DoorAnswer> {
  return on.ask(path, { as, door, port, headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) } });
}

function send(path: string, fields: Readonly<Record<string, string>>, visit: Visit): Promise<DoorAnswer> {
  const { as, cookie, door = 'mtls', port } = visit;
  return on.ask(path, {
    method: 'POST',
    as,
    door,
    port,
    headers: {
      accept: 'text/html',
      origin: `https://localhost:${on.world.instance.ports[door]}`,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
      ...(cookie ? { cookie } : {}),
    },
    body: new URLSearchParams(fields).toString(),
  });
}

function cookieOf(answer: DoorAnswer): string {
  const [cookie = ''] = (answer.headers['set-cookie'] as string[] | undefined) ?? [];
  expect(cookie).toMatch(/^__Host-see-session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  return cookie.split(';')[0] ?? '';
}

async function signIn(as: Credential, fields: Readonly<Record<string, string>> = {}): Promise<string> {
  const answer = await send('/console/sign-in/certificate', fields, { as });
  expect(answer.status, answer.text).toBe(303);
  return cookieOf(answer);
}

async function isIn(visit: Visit): Promise<boolean> {
  return (await read('/console', visit)).status === 200;
}

describe('signing in to the console with a certificate', () => {
  it('takes one button, and a session of that certificate alone comes of it', async () => {
    const page = await read('/console/sign-in', { as: aroha });
    expect(page.text).toContain('Your certificate names you, Aroha Ngata.');
    expect(page.text).not.toContain('name="token"');
    const cookie = await signIn(aroha);
    expect(await isIn({ as: aroha, cookie })).toBe(true);
    expect(await isIn({ as: rangi, cookie })).toBe(false);
    expect(await isIn({ cookie, door: 'tls' })).toBe(false);
    expect(await isIn({ cookie, as: aroha, door: 'tls' })).toBe(false);
    expect((await read('/console', { cookie })).status).toBe(401);
    expect(await isIn({ as: aroha, cookie })).toBe(true);
    const listed = await on.ask('/api/v1/sessions', { as: aroha });
    const mine = (listed.body['items'] as { method: string; means: string }[]).filter(
      ({ method }) => method === 'certificate',
    );
    expect(mine).toHaveLength(1);
    expect(aroha.cert).toBeDefined();
    expect(mine[0]?.means).toMatch(/^[0-9a-f]{30,40}$/);
    expect((await read('/console/sessions', { as: aroha, cookie })).text).toContain('Certificate<br>');
  });

  it('asks who has several roles, and gives none that is not held', async () => {
    const page = await read('/console/sign-in', { as: rangi });
    expect(page.text).toContain('value="registration-agent ssc"');
    for (const as of [undefined, 'administrator', 'registration-agent treasury']) {
      const answer = await send('/console/sign-in/certificate', as === undefined ? {} : { as }, { as: rangi });
      expect([answer.status, answer.headers['set-cookie']]).toEqual([401, undefined]);
      expect(answer.text).toContain('Choose one of your roles.');
      if (as === undefined) await signIn(rangi, { as: 'operator' });
    }
    const cookie = await signIn(rangi, { as: 'registration-agent ssc' });
    expect((await read('/console', { as: rangi, cookie })).text).toContain('registration agent');
  });

  it('is locked after three failures, and a right choice meanwhile does not help', async () => {
    const third = await on.issueTo('rangi.pohatu@ssc.govt.nz');
    const statuses: number[] = [];
    for (let tried = 0; tried < 4; tried++)
      statuses.push((await send('/console/sign-in/certificate', { as: 'auditor' }, { as: third })).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
    expect((await send('/console/sign-in/certificate', { as: 'operator' }, { as: third })).status).toBe(429);
    const reasons = await on.world.owner
      .selectFrom('audit_events')
      .select(['kind', 'detail'])
      .where('kind', 'in', ['access.sign-in', 'access.locked'])
      .orderBy('id', 'desc')
      .limit(2)
      .execute();
    expect(reasons.map(({ kind }) => kind).toSorted()).toEqual(['access.locked', 'access.sign-in']);
  });

  it('ends with a hold, and the release does not bring it back', async () => {
    const short = await on.issueTo('aroha.ngata@ssc.govt.nz');
    const cookie = await signIn(short);
    expect(await isIn({ as: short, cookie })).toBe(true);
    await on.endCertificate(short.sha256, 'hold');
    expect((await read('/console', { as: short, cookie })).status).toBe(401);
    const ended = await on.world.owner
      .selectFrom('sessions as s')
      .innerJoin('certificates as c', 'c.id', 's.certificate_id')
      .select(['s.end_reason', 's.ended_at'])
      .where('c.sha256', '=', Uint8Array.fromHex(short.sha256))
      .execute();
    expect(ended).toMatchObject([{ end_reason: 'withdrawn' }]);
    expect(ended[0]?.ended_at).not.toBeNull();
  });

  it('lets no other way in at that port, and no form from another origin', async () => {
    const token = on.calls.authorization('operator').slice('Bearer '.length);
    const byToken = await send('/console/sign-in', { token }, { as: aroha });
    expect([byToken.status, byToken.headers['set-cookie']]).toEqual([403, undefined]);
    const atTls = await send('/console/sign-in', { token }, { door: 'tls' });
    expect(atTls.status).toBe(303);
    const cookie = cookieOf(atTls);
    expect(await isIn({ door: 'tls', cookie })).toBe(true);
    expect(await isIn({ as: aroha, cookie })).toBe(false);
    const foreign = await on.ask('/console/sign-in/certificate', {
      method: 'POST',
      as: aroha,
      headers: {
        origin: `https://localhost:${on.world.instance.ports.tls}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: '',
    });
    expect([foreign.status, foreign.body['code']]).toEqual([403, 'cross-site']);
    expect((await send('/console/sign-in/certificate', {}, { door: 'tls' })).status).toBe(401);
  });

  it('is no way in for a personal certificate, which the page says', async () => {
    const personal = await on.issueTo('grace.liu@treasury.govt.nz', 'user-auth', 'treasury');
    const page = await read('/console/sign-in', { as: personal });
    expect([page.status, page.text.includes('only an operator certificate signs in here')]).toEqual([200, true]);
    expect((await send('/console/sign-in/certificate', {}, { as: personal })).status).toBe(401);
    expect((await read('/console', { as: personal })).status).toBe(303);
  });

  it('is off where SEE_SIGN_IN does not list it: for API, console and sessions made before', async () => {
    const cookie = await signIn(aroha);
    const { ra } = on.calls.registration;
    const other = { ...ra, signIn: ['passkey', 'token'] as const };
    const app = await buildApp(other, NO_ASSETS);
    const [tls = 0, mtls = 0] = await freePorts(2);
    const doors = new TlsDoors(app, other, { tls, mtls }, '127.0.0.1');
    await doors.look();
    try {
      const api = await on.ask('/api/v1/sessions', { as: aroha, port: mtls });
      expect([api.status, api.body['code']]).toEqual([403, 'sign-in-off']);
      expect((await read('/console', { as: aroha, cookie, port: mtls })).status).toBe(403);
      expect((await read('/console/sign-in', { as: aroha, port: mtls })).text).toContain('does not list certificate');
      expect((await send('/console/sign-in/certificate', {}, { as: aroha, port: mtls })).status).toBe(403);
      const named = await on.ask('/api/v1/client-certificate', { as: aroha, port: mtls });
      expect([named.status, named.body['roles']]).toEqual([200, []]);
    } finally {
      await doors.close();
      await app.close();
    }
    expect(await isIn({ as: aroha, cookie })).toBe(true);
  });
});

describe('the schema', () => {
  const insert = async (certificate: Credential, personId: string): Promise<unknown> => {
    const row = await on.world.owner
      .selectFrom('certificates')
      .select('id')
      .where('sha256', '=', Uint8Array.fromHex(certificate.sha256))
      .executeTakeFirstOrThrow();
    return on.world.ra
      .insertInto('sessions')
      .values({
        id_sha256: crypto.getRandomValues(new Uint8Array(32)),
        person_id: personId,
        role: 'auditor',
        method: 'certificate',
        certificate_id: row.id,
        csrf: 'x'.repeat(43),
        created_at: new Date(),
        last_seen_at: new Date(),
      })
      .execute()
      .then(
        () => 'written',
        (error: { cause?: { code?: string }; code?: string }) => error.code ?? error.cause?.code,
      );
  };

  it('refuses a session for somebody else than whom the operator certificate names, and with one that has ended', async () => {
    const gateway = await on.issueGateway();
    const over = await on.issueTo('aroha.ngata@ssc.govt.nz');
    const held = await on.issueTo('aroha.ngata@ssc.govt.nz');
    await on.endCertificate(over.sha256, 'revoke');
    await on.endCertificate(held.sha256, 'hold');
    const person = on.personOf('aroha.ngata@ssc.govt.nz');
    expect(await insert(aroha, on.personOf('rangi.pohatu@ssc.govt.nz'))).toBe('SE026');
    expect(await insert(gateway, on.personOf('grace.liu@treasury.govt.nz'))).toBe('SE026');
    const personal = await on.issueTo('grace.liu@treasury.govt.nz', 'user-auth', 'treasury');
    expect(await insert(personal, on.personOf('grace.liu@treasury.govt.nz'))).toBe('SE026');
    expect(await insert(over, person)).toBe('SE026');
    expect(await insert(held, person)).toBe('SE026');
    expect(await insert(aroha, person)).toBe('written');
  });
});
