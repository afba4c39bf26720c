import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CertificateDoor, type Credential, type DoorAnswer, oneConnection } from '../support/certificate-door.ts';

/** Grace's certificate for signing in, the one that each test ends, and an operator's. */
let on: CertificateDoor;
let grace: Credential;
let other: Credential;
let operator: Credential;
let gateway: Credential;

beforeAll(async () => {
  on = await CertificateDoor.open();
  await on.issueServerCertificate();
  await on.doors.look();
  grace = await on.issueTo('grace.liu@treasury.govt.nz', 'user-auth', 'treasury');
  other = await on.issueTo('hemi.walker@treasury.govt.nz', 'user-auth', 'treasury');
  operator = await on.issueTo('aroha.ngata@ssc.govt.nz');
  gateway = await on.issueGateway();
});
afterAll(() => on?.close());

type Headers = Readonly<Record<string, string>>;

function read(path: string, as = grace, headers: Headers = {}): Promise<DoorAnswer> {
  return on.ask(path, { as, headers: { accept: 'text/html', ...headers } });
}

function own(): string {
  return `https://localhost:${on.world.instance.ports.mtls}`;
}

function send(path: string, fields: Headers, as = grace, headers: Headers = { origin: own() }): Promise<DoorAnswer> {
  const type = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
  return on.ask(path, {
    method: 'POST',
    as,
    headers: { ...type, ...headers },
    body: new URLSearchParams(fields).toString(),
  });
}

const another = (): Promise<Credential> => on.issueTo('grace.liu@treasury.govt.nz', 'user-auth', 'treasury');
const REVOKE = { reason: 'superseded', sure: 'yes' };

describe('the test page', () => {
  it('greets by name, and says plainly what is wrong', async () => {
    const greeted = await read('/test');
    expect([greeted.status, greeted.text.includes('Kia ora, Grace Liu')]).toEqual([200, true]);
    expect((await read('/test', operator)).text).toContain('Kia ora, Aroha Ngata');
    const nobody = await on.ask('/test', { headers: { accept: 'text/html' } });
    expect(nobody.status).toBe(401);
    expect(nobody.text).toContain('No certificate came');
    const foreign = await read('/test', { ...gateway });
    expect(foreign.status).toBe(401);
    expect(foreign.text).toMatch(/This certificate (?:is not one of ours|does not sign in)/);
  });

  it('is said in te reo Māori too, without a certificate as well', async () => {
    const cookie = { cookie: 'see-language=mi' };
    const nobody = await on.ask('/test', { headers: { accept: 'text/html', ...cookie } });
    expect(nobody.text).toContain('Kāore he tiwhikete i tae mai');
    const chosen = await on.ask('/language/mi?back=%2Ftest', { headers: { accept: 'text/html' } });
    expect([chosen.status, chosen.headers['location']]).toEqual([303, '/test']);
    expect((await read('/test', grace, cookie)).text).toContain('Kei te mahi tō tiwhikete');
  });

  it('is a page with a link elsewhere', async () => {
    const page = await on.ask('/test', { door: 'tls', headers: { accept: 'text/html' } });
    expect(page.text).toContain(`${on.calls.registration.ra.doors.mtls[0]}/test`);
    expect(page.text).not.toContain('Kia ora');
  });
});

describe('a holder’s own pages', () => {
  it('show their certificates with what was done with each, and nobody else’s', async () => {
    const list = await read('/my');
    expect(list.status).toBe(200);
    expect(list.text).toContain(`/my/certificates/${grace.sha256}`);
    expect(list.text).not.toContain(other.sha256);
    const page = await read(`/my/certificates/${grace.sha256}`);
    expect(page.text).toContain('Issued, ordered by Susan Grant');
    for (const foreign of [other.sha256, gateway.sha256, operator.sha256, 'ab'.repeat(32)]) {
      expect((await read(`/my/certificates/${foreign}`)).status).toBe(404);
      expect((await send(`/my/certificates/${foreign}/revoke`, REVOKE)).status).toBe(404);
      expect((await send(`/my/certificates/${foreign}/hold`, {})).status).toBe(404);
    }
  });

  it('are closed to an operator’s certificate, to none, and at the other doors', async () => {
    for (const path of ['/my', '/my/record', '/my/record/file', `/my/certificates/${grace.sha256}`]) {
      expect((await read(path, operator)).status, path).toBe(401);
      expect((await on.ask(path, { headers: { accept: 'text/html' } })).status, path).toBe(401);
    }
    for (const path of ['/my/record', '/my/record/file', `/my/certificates/${grace.sha256}`])
      expect((await on.ask(path, { door: 'tls', as: grace, headers: { accept: 'text/html' } })).status, path).toBe(401);
    const door = await on.ask('/my', { door: 'tls', headers: { accept: 'text/html' } });
    expect([door.status, door.text.includes('Grace')]).toEqual([200, false]);
  });

  it('suspend at once, with the holder in the audit trail, and the certificate opens nothing from then on', async () => {
    const held = await another();
    const agent = oneConnection();
    const ask = (path: string) => on.ask(path, { as: held, agent, headers: { accept: 'text/html' } });
    expect((await ask('/my')).status).toBe(200);
    const answer = await send(`/my/certificates/${held.sha256}/hold`, {});
    expect([answer.status, answer.headers['location']]).toEqual([303, '/my?done=held']);
    expect((await read('/my?done=held')).text).toContain('The certificate is suspended.');
    const refused = await ask('/my');
    agent.destroy();
    expect([refused.status, refused.text.includes('Your certificate is suspended')]).toEqual([401, true]);
    expect(refused.text).toContain('It has been so since');
    const event = await on.world.owner
      .selectFrom('audit_events')
      .select(['kind', 'actor'])
      .where('object_id', '=', held.sha256)
      .where('kind', '=', 'revocation.hold')
      .executeTakeFirstOrThrow();
    expect(event.actor).toMatchObject({
      personId: on.personOf('grace.liu@treasury.govt.nz'),
      method: 'certificate',
      certificate: grace.sha256,
    });
    expect((await read(`/my/certificates/${held.sha256}`)).text).toContain('Suspended by you');
  });

  it('revoke for good: with a reason, a tick, and a form of our own page', async () => {
    const ended = await another();
    const at = `/my/certificates/${ended.sha256}/revoke`;
    const wanting = await send(at, { reason: 'nonsense' });
    expect(wanting.status).toBe(400);
    for (const words of ['Choose why it is to be revoked.', 'Tick the box']) expect(wanting.text).toContain(words);
    for (const headers of [{}, { origin: 'https://evil.test' }, { 'sec-fetch-site': 'same-site' }])
      expect((await send(at, REVOKE, grace, headers)).status).toBe(403);
    for (const reason of ['privilegeWithdrawn', 'affiliationChanged', 'unspecified'])
      expect((await send(at, { ...REVOKE, reason })).status).toBe(400);
    expect((await read('/my', ended)).status).toBe(200);
    // By itself, so the page that says so is the refusal.
    const done = await send(at, { reason: 'keyCompromise', sure: 'yes' }, ended);
    expect([done.status, done.headers['location']]).toEqual([303, '/my?done=revoked']);
    const refused = await read('/my?done=revoked', ended);
    expect([refused.status, refused.text.includes('Your certificate is revoked')]).toEqual([401, true]);
    expect((await send(at, REVOKE)).status).toBe(409);
    expect((await read('/my?done=revoked')).text).toContain('The certificate is revoked.');
  });

  it('claim nothing that did not happen', async () => {
    const page = await read('/my?done=held', other);
    expect([page.status, page.text.includes('The certificate is suspended.')]).toEqual([200, false]);
  });

  it('show what is held, and give it as a file that is in the log', async () => {
    const page = await read('/my/record');
    expect(page.status).toBe(200);
    const words = ['grace.liu@treasury.govt.nz', 'The Treasury', 'Revoking a certificate', '>Issued<'];
    for (const one of words) expect(page.text).toContain(one);
    expect(page.text).not.toMatch(/revocation revoke|redeemable|known to agency/);
    expect(page.text).not.toContain('hemi.walker');
    const file = await read('/my/record/file');
    expect([file.status, file.headers['location']]).toEqual([303, '/my/record?file=soon']);
    const event = await on.world.owner
      .selectFrom('audit_events')
      .select('actor')
      .where('kind', '=', 'record.exported')
      .executeTakeFirstOrThrow();
    expect(event.actor).toMatchObject({ personId: on.personOf('grace.liu@treasury.govt.nz'), method: 'certificate' });
  });
});

describe('a personal certificate', () => {
  it('opens nothing of API and console that is not public', async () => {
    const { body } = await on.calls.call(undefined, 'GET', '/api/v1/openapi.json');
    const open = ['instance', 'openapi.json', 'client-certificate', 'certificates/{id}/renewal.ics'];
    const tried: string[] = [];
    for (const [path, methods] of Object.entries(body.paths)) {
      if (!methods['get'] || open.includes(path.replace('/api/v1/', '')) || path.startsWith('/scim')) continue;
      const answer = await on.ask(path.replaceAll(/\{\w+\}/g, grace.sha256), { as: grace });
      tried.push(path);
      expect([path, [400, 401, 403, 404].includes(answer.status)]).toEqual([path, true]);
      if (!path.includes('{')) expect([path, answer.body['reason']]).toEqual([path, 'not-operator']);
    }
    expect(tried.length).toBeGreaterThan(30);
    for (const path of ['/console', '/console/orders', '/console/audit', '/console/certificates']) {
      const answer = await read(path);
      expect([path, answer.status, answer.text.includes('Grace Liu')]).toEqual([path, 303, false]);
    }
  });
});
