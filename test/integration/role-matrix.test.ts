import { randomUUID } from 'node:crypto';
import { ROLES, type Role } from '@see/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../services/ra/src/permissions.ts';
import { importWithOrders } from '../support/batch-calls.ts';
import { ConsoleBrowser } from '../support/console-browser.ts';
import { ImportCalls, manyPeople } from '../support/import-calls.ts';
import { type Calls, only, openCalls } from '../support/registration-calls.ts';
import { propose } from '../support/statements.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let tokens: ReadonlyMap<string, string>;
let objects: Readonly<Record<string, string>>;

const READS = /\.(list|show|calendar|content|orders|download|events|result|home|sign-out)$/;
/** An id that nothing has. */
const NOBODYS = '00000000-0000-4000-8000-00000000dead';

/** Roles that act for one agency; the others act for all, or for one if their token says so. */
const OF_AN_AGENCY: readonly Role[] = ['sponsor', 'registration-agent'];

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  const { registration, person } = calls;
  const idOf = (email: string): string => person[email] ?? '';
  const archivist = idOf('alan.hunt@dpmc.govt.nz');
  const grant = { personId: archivist, role: 'ca-operations' };
  const delegated = { ...grant, personId: idOf('rangi.pohatu@ssc.govt.nz') };
  expect(await propose(world, 'role-grant', delegated, world.administrators)).toBe(0);
  expect(await propose(world, 'role-grant', grant, world.administrators)).toBe(1);
  await registration.ra.authority.refresh();
  const holders: Readonly<Record<string, string>> = {
    administrator: idOf('aroha.ngata@ssc.govt.nz'),
    operator: idOf('mere.tahana@ssc.govt.nz'),
    auditor: idOf('peter.lowe@ssc.govt.nz'),
    'ca-operations': archivist,
    'sponsor of treasury': idOf('susan.grant@treasury.govt.nz'),
    'sponsor of dpmc': idOf('david.reid@dpmc.govt.nz'),
    'registration-agent of treasury': idOf('hemi.walker@treasury.govt.nz'),
    'registration-agent of dpmc': idOf('moana.brooks@dpmc.govt.nz'),
  };
  const made = new Map<string, string>();
  for (const role of ROLES) {
    for (const agency of ['treasury', 'dpmc']) {
      const name = `${role} of ${agency}`;
      made.set(name, await registration.token(role, holders[name] ?? holders[role] ?? '', agency));
    }
    if (!OF_AN_AGENCY.includes(role)) made.set(`${role} of all`, await registration.token(role, holders[role] ?? ''));
  }
  tokens = made;
  const { orderId, sha256 } = await calls.issueGateway();
  const pending = await calls.call('agent', 'POST', '/api/v1/orders', calls.wish());
  const event = await calls.call(
    'agent',
    'POST',
    `/api/v1/people/${person['grace.liu@treasury.govt.nz']}/life-events`,
    {
      kind: 'leaver',
      effectiveAt: new Date(Date.now() + 86_400_000).toISOString(),
    },
  );
  const imported = await new ImportCalls(calls).run(manyPeople('Matrix', 2));
  const [mail] = await world.owner
    .insertInto('mails')
    .values({ template: 'expiry', recipient: 'grace.liu@treasury.govt.nz', agency_id: 'treasury' })
    .returning('id')
    .execute();
  const [evidence] = await world.owner
    .insertInto('evidence_items')
    .values({
      person_id: person['grace.liu@treasury.govt.nz'] ?? '',
      kind: 'passport',
      issuer: 'DIA',
      method: 'in-person',
      sighted_on: '2026-01-01',
      sighted_by: person['hemi.walker@treasury.govt.nz'] ?? '',
      recorded_by: person['hemi.walker@treasury.govt.nz'] ?? '',
    })
    .returning('id')
    .execute();
  const ofImport = ['', '/events', '/result.csv', '/pause', '/resume', '/retry', '/cancel'];
  const ordered = await importWithOrders(world, calls, 'Batched', 1);
  const wish = { agencyId: 'treasury', importId: ordered };
  const batch = (await calls.call('operator', 'POST', '/api/v1/batches', wish)).body.id;
  const site = { agencyId: 'treasury', kind: 'site', name: 'Budget site', url: 'https://www.treasury.govt.nz/' };
  const service = await calls.call('agent', 'POST', '/api/v1/services', { ...site, highRisk: true });
  const ofRecovery = ['', '/content', '/approvals', '/envelope', '/opening', '/release', '/refuse', '/close'];
  objects = {
    ...Object.fromEntries(
      ['', '/content', '/orders', '/approvals'].map((path) => [`/api/v1/batches/{id}${path}`, batch]),
    ),
    ...Object.fromEntries(ofImport.map((path) => [`/api/v1/imports/{id}${path}`, imported.id])),
    '/api/v1/agencies/{id}': 'treasury',
    '/api/v1/agencies/{id}/proposals': 'treasury',
    '/api/v1/agencies/{id}/abolition': 'treasury',
    '/api/v1/agencies/{id}/reissues': 'treasury',
    '/api/v1/agencies/{id}/former-name-certificates': 'treasury',
    '/api/v1/agencies/{id}/site-reports': 'treasury',
    '/api/v1/agency-applications/{id}/verification': NOBODYS,
    '/api/v1/agency-applications/{id}/decline': NOBODYS,
    '/api/v1/agencies/{id}/renewals.ics': 'treasury',
    '/api/v1/agencies/{id}/domains': 'treasury',
    '/api/v1/agencies/{id}/domain-challenges': 'treasury',
    '/api/v1/agencies/{id}/domain-evidence': 'treasury',
    '/api/v1/people/{id}': person['grace.liu@treasury.govt.nz'] ?? '',
    '/api/v1/people/{id}/export': person['grace.liu@treasury.govt.nz'] ?? '',
    '/api/v1/certificates/{id}/evidence': sha256,
    '/api/v1/legal-holds/{id}/lift': NOBODYS,
    '/api/v1/disposals/{id}/approve': NOBODYS,
    '/api/v1/people/{id}/review': person['grace.liu@treasury.govt.nz'] ?? '',
    '/api/v1/people/{id}/life-events': person['grace.liu@treasury.govt.nz'] ?? '',
    '/api/v1/people/{id}/sign-in-passkeys': person['grace.liu@treasury.govt.nz'] ?? '',
    '/api/v1/people/{id}/sign-in-links': person['grace.liu@treasury.govt.nz'] ?? '',
    '/api/v1/people/{id}/sign-in-accounts': person['grace.liu@treasury.govt.nz'] ?? '',
    '/api/v1/sign-in-accounts/{id}/remove': randomUUID(),
    '/api/v1/sessions/{id}/end': await sessionOf(tokens.get('operator of all') ?? ''),
    '/api/v1/sign-in-passkeys/{id}/rename': randomUUID(),
    '/api/v1/sign-in-passkeys/{id}/remove': randomUUID(),
    '/api/v1/people/{id}/mailbox-checks': person['grace.liu@treasury.govt.nz'] ?? '',
    '/api/v1/people/{id}/evidence': person['grace.liu@treasury.govt.nz'] ?? '',
    '/api/v1/evidence/{id}/withdraw': String(evidence?.id),
    '/api/v1/life-events/{id}/call-off': String(event.body.id),
    '/api/v1/people/{id}/external-id': person['grace.liu@treasury.govt.nz'] ?? '',
    '/api/v1/hr-feeds/{id}/revoke': NOBODYS,
    '/api/v1/hr-reports/{id}/confirm': '999',
    '/api/v1/hr-reports/{id}/dismiss': '999',
    '/api/v1/mails/{id}': mail?.id ?? '',
    '/api/v1/mails/{id}/retry': mail?.id ?? '',
    '/api/v1/mail-templates/{id}': 'code',
    '/api/v1/orders/{id}': orderId,
    '/api/v1/orders/{id}/content': orderId,
    '/api/v1/orders/{id}/approvals': pending.body.id,
    '/api/v1/orders/{id}/agree': pending.body.id,
    '/api/v1/orders/{id}/reject': pending.body.id,
    '/api/v1/orders/{id}/withdraw': pending.body.id,
    '/api/v1/certificates/{id}': sha256,
    '/api/v1/certificates/{id}/file': sha256,
    '/api/v1/certificates/{id}/confirm': sha256,
    '/api/v1/statements/{id}': 'ab'.repeat(48),
    '/api/v1/statements/{id}/signatures': 'ab'.repeat(48),
    '/api/v1/profiles/{id}': 'user-auth',
    '/api/v1/reports/{month}': new Date().toISOString().slice(0, 7),
    '/api/v1/services/{id}': service.body.id,
    '/api/v1/services/{id}/reviews': service.body.id,
    '/api/v1/services/{id}/findings': service.body.id,
    '/api/v1/services/{id}/findings/close': service.body.id,
    '/api/v1/services/{id}/remove': NOBODYS,
    ...Object.fromEntries(ofRecovery.map((path) => [`/api/v1/recoveries/{id}${path}`, NOBODYS])),
  };
});
afterAll(async () => {
  await calls?.registration.app.close();
  await world?.close();
});

/** Signs in to the console with a token; returns the session's public name. */
async function sessionOf(token: string): Promise<string> {
  const browser = new ConsoleBrowser(calls.registration.app, world.instance.urls.portal);
  await browser.form('/console/sign-in', { token });
  const headers = { host: 'localhost', authorization: `Bearer ${token}` };
  const answer = await calls.registration.app.inject({ url: '/api/v1/sessions', headers });
  return only(answer.json<{ items: { id: string }[] }>().items).id;
}

interface Route {
  readonly path: string;
  readonly method: string;
  readonly operation: keyof typeof PERMISSIONS;
}

const OPERATIONS = Object.keys(PERMISSIONS) as Route['operation'][];
const idOf = (operation: string): string =>
  operation.replaceAll(/[.-](\w)/g, (_all, letter: string) => letter.toUpperCase());

async function routes(): Promise<readonly Route[]> {
  const { body } = await calls.call(undefined, 'GET', '/api/v1/openapi.json');
  return Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId }]) => {
      const operation = OPERATIONS.find((candidate) => idOf(candidate) === operationId);
      return operation ? [{ path, method: method.toUpperCase(), operation }] : [];
    }),
  );
}

/** Asks with a body that is no operation's, so that nothing is changed by who may. */
async function ask(route: Route, token: string): Promise<{ status: number; code: string | undefined }> {
  const answer = await calls.registration.app.inject({
    method: route.method as 'GET',
    url: route.path.replace(/\{[^}]+\}/, objects[route.path] ?? ''),
    headers: { host: 'localhost', authorization: `Bearer ${token}` },
    ...(route.method === 'POST' ? { payload: {} } : {}),
  });
  const json = String(answer.headers['content-type']).includes('json');
  return { status: answer.statusCode, code: json ? answer.json<{ code?: string }>().code : undefined };
}

describe('every route, role and agency', () => {
  it('lets those in who are named, and nobody else', async () => {
    const all = await routes();
    expect(all.length).toBeGreaterThan(25);
    const faults: string[] = [];
    for (const route of all) {
      expect(route.path.includes('{') ? objects[route.path] : 'none', `an object for ${route.path}`).toBeTruthy();
      for (const [name, token] of tokens) {
        const role = name.split(' ')[0] as Role;
        const { status, code } = await ask(route, token);
        const named = (PERMISSIONS[route.operation] as readonly Role[]).includes(role);
        const said = `${route.method} ${route.path} by ${name}: ${status} ${code ?? ''}`;
        if (status >= 500 || status === 401) faults.push(said);
        if (named === (status === 403)) faults.push(said);
      }
    }
    expect(faults).toEqual([]);
  });

  it('keeps the duties apart that section 8.1 keeps apart', () => {
    const may = (role: Role) => OPERATIONS.filter((one) => (PERMISSIONS[one] as readonly Role[]).includes(role));
    // Everybody ends their own sessions and changes their own passkeys; to prove the log changes nothing of it.
    const own = /^(audit-verification\.create|session\.end|sign-in-passkey\.(rename|remove)|sign-in-account\.remove)$/;
    const reads = { test: (one: string) => own.test(one) || READS.test(one) };
    expect(may('auditor').filter((one) => !reads.test(one))).toEqual([]);
    const opens = ['approve', 'download', 'hand-in', 'release', 'refuse'].map((verb) => `recovery.${verb}`);
    expect(may('ca-operations').filter((one) => !reads.test(one) || opens.includes(one))).toEqual(opens);
    for (const role of ROLES.filter((one) => one !== 'ca-operations'))
      expect(may(role).filter((one) => opens.includes(one))).toEqual([]);
    const decides = ['order.create', 'order.approve', 'order.reject', 'order.withdraw', 'revocation.create'];
    expect(may('administrator').filter((one) => decides.includes(one))).toEqual([]);
    expect(may('sponsor')).not.toContain('order.approve');
    expect(may('registration-agent')).not.toContain('order.approve');
    for (const role of ROLES.filter((one) => one !== 'administrator' && one !== 'auditor')) {
      expect(may(role)).not.toContain('audit.list');
    }
  });

  it('takes a role’s tokens and sessions along when the role ends', async () => {
    const { registration, person } = calls;
    const personId = person['grace.liu@treasury.govt.nz'] ?? '';
    const subject = { personId, role: 'auditor' };
    const token = await registration.token('auditor', personId);
    const status = async (): Promise<number> => {
      await registration.ra.authority.refresh();
      const headers = { host: 'localhost', authorization: `Bearer ${token}` };
      return (await registration.app.inject({ url: '/api/v1/audit-events', headers })).statusCode;
    };
    expect(await status()).toBe(401);
    expect(await propose(world, 'role-grant', subject, world.administrators)).toBe(1);
    expect(await status()).toBe(200);
    expect(await propose(world, 'role-remove', subject, world.administrators)).toBe(1);
    expect(await status()).toBe(401);
    const elsewhere = await registration.token('sponsor', person['susan.grant@treasury.govt.nz'] ?? '', 'dpmc');
    const headers = { host: 'localhost', authorization: `Bearer ${elsewhere}` };
    expect((await registration.app.inject({ url: '/api/v1/orders', headers })).statusCode).toBe(401);
  });

  it('hides the objects of one agency from those who act for another', async () => {
    const scoped = (await routes()).filter(
      ({ path, method }) =>
        method === 'GET' &&
        /^\/api\/v1\/(people|orders|certificates|mails|services)\/\{id\}/.test(path) &&
        // These are nobody's but their owner's, whatever the agency.
        !/\/sign-in-(?:passkeys|accounts)$/.test(path),
    );
    expect(scoped.length).toBeGreaterThanOrEqual(5);
    for (const route of scoped) {
      for (const role of PERMISSIONS[route.operation] as readonly Role[]) {
        const own = await ask(route, tokens.get(`${role} of treasury`) ?? '');
        const other = await ask(route, tokens.get(`${role} of dpmc`) ?? '');
        // Bundles are sealed by the log, which stands still here.
        const there = /\/(evidence|export)$/.test(route.path) && own.status === 202 ? 200 : own.status;
        expect([role, route.path, there, other.status]).toEqual([role, route.path, 200, 404]);
      }
    }
  });
});
