import type { AddressInfo } from 'node:net';
import { evaluationKeyFile } from '@see/cli';
import { AGENCY_MACHINE } from '@see/domain';
import { SITE_TESTS } from '@see/policy';
import { encodePem } from '@see/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberList } from '../../services/va/src/pages/member-list.ts';
import { type Calls, codesOf, openCalls } from '../support/registration-calls.ts';
import { runSee } from '../support/see-command.ts';
import { csrOf, makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let url: string;
let signer: NodeJS.Timeout;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  const { app } = calls.registration;
  await app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://localhost:${(app.server.address() as AddressInfo).port}`;
  let running: Promise<unknown> = Promise.resolve();
  signer = setInterval(() => {
    running = running
      .then(() => world.signer.chain.acceptPending())
      .then(() => calls.registration.ra.authority.refresh());
  }, 200);
});
afterAll(async () => {
  clearInterval(signer);
  await calls?.registration.app.close();
  await world?.close();
});

const APPLICATION = {
  agencyId: 'health',
  name: 'Ministry of Health',
  organizationIdentifier: 'GOVNZ',
  letter: { reference: 'MOH-7', signedBy: 'the Director-General', signedOn: '2026-10-01' },
};
const REGISTER = { name: 'gazette', entry: '2026-go1', extractOf: '2026-10-02' };
const scope = (change: object = {}) => ({
  name: 'Ministry of Health',
  organizationNames: ['Ministry of Health'],
  organizationIdentifier: 'GOVNZ',
  locality: 'Wellington',
  domains: ['health.govt.nz'],
  profiles: ['gateway-sign', 'gateway-encrypt', 'user-auth'],
  delegations: [],
  ...change,
});
const report = (change: object = {}) => ({
  product: { name: 'MailMarshal', version: '10', accredited: true },
  testedOn: new Date().toISOString().slice(0, 10),
  testedBy: 'R. Tester',
  results: SITE_TESTS.map(({ id }) => ({ test: id, result: 'passed' })),
  ...change,
});
const post = (path: string, body: object, who: 'operator' | 'operator2' | 'agent' = 'operator') =>
  calls.call(who, 'POST', `/api/v1/${path}`, body);
const agency = async () => {
  const { body } = await calls.call('operator', 'GET', '/api/v1/agencies/health');
  return body as unknown as { status: string; membership: { phase: number; certification: string } | null };
};
const see = (...args: string[]) => {
  const environment = { SEE_URL: url, SEE_TOKEN: calls.authorization('operator').slice('Bearer '.length) };
  return runSee({ program: 'see', environment }, 'agency', ...args);
};
const keys = () => ['--key', ...['operator1', 'operator2'].map((name) => evaluationKeyFile(world.layout, name))];
const members = async () => {
  const directory = { withMails: async () => new Map() } as unknown as Parameters<typeof memberList>[3];
  const { current } = calls.registration.ra.authority;
  const list = await memberList('x', current.agencies.values(), () => undefined, directory, new Date());
  return (JSON.parse(new TextDecoder().decode(list)) as { members: { agency: string }[] }).members.map(
    (one) => one.agency,
  );
};

/** Signs a proposed statement with both operators' keys by the command, and waits for the signer. */
async function signed(digest: string): Promise<void> {
  for (const name of ['operator1', 'operator2']) {
    const environment = { SEE_URL: url, SEE_TOKEN: calls.authorization('operator').slice('Bearer '.length) };
    const file = evaluationKeyFile(world.layout, name);
    const done = await runSee({ program: 'see', environment }, 'statement', 'sign', digest, '--key', file, '--yes');
    expect([done.stderr, done.code]).toEqual(['', 0]);
  }
  await expect
    .poll(async () => (await calls.call('operator', 'GET', `/api/v1/statements/${digest}`)).body.state, {
      timeout: 20_000,
    })
    .toBe('accepted');
}

describe('an agency that wants to be a member', () => {
  let id = '';

  it('applies with a letter, once', async () => {
    const early = await post('agencies/health/proposals', scope());
    expect([early.status, codesOf(early)]).toEqual([400, ['application-missing']]);
    const made = await post('agency-applications', APPLICATION);
    expect([made.status, made.body.state]).toEqual([201, 'proposed']);
    id = made.body.id;
    for (const [change, status] of [
      [{}, 409],
      [{ agencyId: 'treasury' }, 409],
      [{ agencyId: 'other', organizationIdentifier: 'HEALTH' }, 400],
      [{ agencyId: 'other', letter: { ...APPLICATION.letter, signedOn: '2999-01-01' } }, 400],
    ] as const)
      expect((await post('agency-applications', { ...APPLICATION, ...change })).status).toBe(status);
    expect((await post('agency-applications', APPLICATION, 'agent')).status).toBe(403);
  });

  it('is verified by somebody else, and gets a scope with that name only', async () => {
    const path = `agency-applications/${id}/verification`;
    expect((await post(path, REGISTER)).status).toBe(403);
    expect((await post('agencies/health/proposals', scope())).status).toBe(400);
    expect((await post(path, REGISTER, 'operator2')).body.state).toBe('verified');
    expect((await post(path, REGISTER, 'operator2')).status).toBe(409);
    const named = await post('agencies/health/proposals', scope({ organizationNames: ['Manatū Hauora'] }));
    expect(codesOf(named)).toEqual(['other-name']);
    const other = await post('agencies/health/proposals', scope({ organizationIdentifier: 'NTRNZ-1234567' }));
    expect(codesOf(other)).toEqual(['other-identifier']);
    const made = await post(
      'agencies/health/proposals',
      scope({ organizationNames: ['Ministry of Health', 'Manatū Hauora'] }),
    );
    expect(made.status).toBe(201);
    await signed(made.body.digest);
    expect((await agency()).status).toBe('scoped');
    expect(await members()).not.toContain('health');
  });

  it('gets gateway certificates and none for people until it is active', async () => {
    const people: string[] = [];
    for (const surname of ['Sponsor', 'Agent', 'Custodian']) {
      const person = {
        agencyId: 'health',
        givenName: 'Mere',
        surname,
        email: `${surname.toLowerCase()}@health.govt.nz`,
      };
      people.push((await post('people', person)).body.id);
    }
    const [sponsorId = '', agentId = '', applicantId = ''] = people;
    const times = {
      from: '2026-01-01T00:00:00Z',
      until: new Date(Date.now() + 86_400_000).toISOString(),
      instrument: 'letter',
    };
    const delegations = [
      { personId: sponsorId, role: 'sponsor', ...times },
      { personId: agentId, role: 'registration-agent', ...times },
    ];
    await signed((await post('agencies/health/proposals', scope({ delegations }))).body.digest);
    const order = (profile: string) => ({
      agencyId: 'health',
      applicantId,
      sponsorId,
      agentId,
      items: [{ profile, csr: encodePem('CERTIFICATE REQUEST', csrOf(newKey())) }],
      evidence: { letter: 'MOH-8' },
    });
    const agent = {
      authorization: `Bearer ${await calls.registration.token('registration-agent', agentId, 'health')}`,
    };
    const refused = await post('orders', order('user-auth'));
    expect(codesOf(refused)).toContain('agency-not-active');
    const unready = await see('activate', 'health', '--phase', '1', '--report', 'ab'.repeat(32), ...keys());
    expect(unready.code).toBe(1);
    expect(unready.stderr).toContain('report-missing');
    expect(unready.stderr).toContain('gateway-certificate-missing');
    for (const profile of ['gateway-sign', 'gateway-encrypt']) {
      const made = await calls.call(undefined, 'POST', '/api/v1/orders', order(profile), agent);
      expect([made.status, codesOf(made)]).toEqual([201, []]);
      const first = await calls.approve(made.body.id, world.operators[0]);
      expect(first.status).toBe(201);
      await calls.approve(made.body.id, world.operators[1], 'operator2');
    }
    await world.signer.orders.run();
    const issued = await world.owner
      .selectFrom('certificates')
      .select('id')
      .where('agency_id', '=', 'health')
      .execute();
    expect(issued).toHaveLength(2);
  });

  it('is activated by two operators with the report on its site', async () => {
    const failing = await post('agencies/health/site-reports', report({ results: report().results.slice(1) }));
    expect([failing.status, codesOf(failing)]).toEqual([400, ['test-not-passed']]);
    const recorded = await post('agencies/health/site-reports', report());
    expect(recorded.status).toBe(201);
    const again = await post('agencies/health/site-reports', report());
    expect(again.body.digest).toBe(recorded.body.digest);
    const elsewhere = await post('statements', {
      bytes: Buffer.from('{}').toString('base64'),
    });
    expect(elsewhere.status).toBe(400);
    const shown = await see('reports', 'health');
    expect(shown.stdout).toContain(recorded.body.digest);
    const done = await see('activate', 'health', '--phase', '1', '--report', recorded.body.digest, ...keys(), '--json');
    expect([done.stderr, done.code]).toEqual(['', 0]);
    expect(await agency()).toMatchObject({
      status: 'active',
      membership: { phase: 1, certification: recorded.body.digest },
    });
    expect(await members()).toContain('health');
    const people = await calls.call('operator', 'GET', '/api/v1/people?agency=health');
    const [applicant] = people.body.items.filter((one) => JSON.stringify(one).includes('Custodian'));
    const phase = await see('phase', 'health', '--phase', '2', ...keys());
    expect([phase.stderr, phase.code]).toEqual(['', 0]);
    expect((await agency()).membership).toMatchObject({ phase: 2, certification: recorded.body.digest });
    expect(applicant).toBeDefined();
  });

  it('moves from state to state as the machine says, and what it refuses is audited', async () => {
    const events = {
      'verify-org': ['verification', REGISTER],
      decline: ['decline', { reason: 'a walk through the table' }],
    } as const;
    const moves: string[] = [];
    for (const state of ['proposed', 'verified', 'declined'] as const) {
      for (const [event, [path, body]] of Object.entries(events)) {
        const agencyId = `walk-${state}-${event}`;
        const { id: one } = (await post('agency-applications', { ...APPLICATION, agencyId })).body;
        if (state === 'verified') await post(`agency-applications/${one}/verification`, REGISTER, 'operator2');
        if (state === 'declined') await post(`agency-applications/${one}/decline`, { reason: 'a walk' });
        const answer = await post(`agency-applications/${one}/${path}`, body, 'operator2');
        const row = AGENCY_MACHINE.transitions.find((each) => each.event === event && each.from?.includes(state));
        const stored = await world.owner
          .selectFrom('agency_applications')
          .select('state')
          .where('id', '=', one)
          .executeTakeFirstOrThrow();
        expect([state, event, answer.status, stored.state]).toEqual([state, event, row ? 200 : 409, row?.to ?? state]);
        if (row) moves.push(`${state} ${event}`);
        await post(`agency-applications/${one}/decline`, { reason: 'room for the next' });
      }
    }
    expect(moves).toEqual(['proposed verify-org', 'proposed decline', 'verified decline']);
    const refused = await world.owner
      .selectFrom('audit_events')
      .select(['kind', 'object_type'])
      .where('outcome', '=', 'failure')
      .where('object_type', '=', 'agency-application')
      .execute();
    // 409 of the walk, and before it one of each way to be verified.
    const kinds = refused.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'agency.verify').length).toBeGreaterThanOrEqual(2);
    expect(kinds).toContain('agency.decline');
  });

  it('is listed, and a declined application leaves room for another', async () => {
    const wish = { ...APPLICATION, agencyId: 'stats', name: 'Statistics New Zealand' };
    const made = await post('agency-applications', wish);
    const declined = await post(`agency-applications/${made.body.id}/decline`, { reason: 'no gateway yet' });
    expect(declined.body.state).toBe('declined');
    expect((await post(`agency-applications/${made.body.id}/verification`, REGISTER, 'operator2')).status).toBe(409);
    expect((await post('agency-applications', wish)).status).toBe(201);
    const list = await see('applications', '--declined', '--json');
    const { items } = JSON.parse(list.stdout) as { items: { agencyId: string; state: string }[] };
    const others = items.filter(({ agencyId }) => !agencyId.startsWith('walk-'));
    expect(others.map(({ agencyId, state }) => `${agencyId} ${state}`).toSorted()).toEqual([
      'health verified',
      'stats declined',
      'stats proposed',
    ]);
    const kinds = await world.owner
      .selectFrom('audit_events')
      .select(['kind', 'outcome'])
      .where('kind', 'like', 'agency.%')
      .execute();
    const written = new Set(kinds.map(({ kind, outcome }) => `${kind} ${outcome}`));
    for (const kind of ['proposed', 'verified', 'declined', 'site-certified'])
      expect(written).toContain(`agency.${kind} success`);
  });
});
