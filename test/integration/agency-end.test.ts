import type { AddressInfo } from 'node:net';
import { ApiClient, evaluationKeyFile, signRevocation } from '@see/cli';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Calls, codesOf, openCalls } from '../support/registration-calls.ts';
import { runSee } from '../support/see-command.ts';
import { propose } from '../support/statements.ts';
import { makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let url: string;
let client: ApiClient;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  const { app } = calls.registration;
  await app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://localhost:${(app.server.address() as AddressInfo).port}`;
  client = new ApiClient(url, calls.authorization('operator').slice('Bearer '.length));
});
afterAll(async () => {
  await calls?.registration.app.close();
  await world?.close();
});

interface Preview {
  readonly status: string;
  readonly revoked: readonly {
    readonly ca: string;
    readonly serial: string;
    readonly profile: string;
    readonly reason: string;
  }[];
  readonly orders: number;
  readonly ordersBeingSigned: number;
  readonly people: number;
}

const path = '/api/v1/agencies/treasury/abolition';
const preview = async () => (await calls.call('operator', 'GET', path)).body as unknown as Preview;
const remove = async (): Promise<number> => {
  const accepted = await propose(world, 'agency-remove', { agencyId: 'treasury', reason: 'merged' }, world.operators);
  await calls.registration.ra.authority.refresh();
  return accepted;
};
/** What the signer's CRL makes of the agency's certificates: it believes no row. */
const statuses = async () => {
  const rows = await world.owner
    .selectFrom('certificates as c')
    .leftJoin('revocations as r', 'r.certificate_id', 'c.id')
    .where('c.agency_id', '=', 'treasury')
    .select(['c.profile_id', 'r.reason'])
    .execute();
  return rows.map(({ profile_id: profile, reason }) => `${profile} ${reason}`).toSorted();
};

const keys = () => ['operator1', 'operator2'].map((name) => evaluationKeyFile(world.layout, name));
const abolish = (agency: string, ...args: string[]) => {
  const environment = { SEE_URL: url, SEE_TOKEN: calls.authorization('operator').slice('Bearer '.length) };
  return runSee({ program: 'see', environment }, 'agency', 'abolish', agency, ...args);
};
const run = (...args: string[]) => abolish('treasury', ...args);

describe('an agency that is abolished', () => {
  it('is removed first; until every certificate is named by two operators nothing is done', async () => {
    await calls.issueGateway();
    const person = calls.person['grace.liu@treasury.govt.nz'];
    const made = await calls.call('operator', 'POST', '/api/v1/orders', {
      ...calls.wish(),
      agentId: undefined,
      applicantId: person,
      type: 'business-card-software',
      items: [{ ...calls.wish(newKey()).items[0], profile: 'user-auth' }],
    });
    await calls.approve(made.body.id, world.operators[1], 'operator2');
    await world.signer.orders.run();
    await calls.call('agent', 'POST', '/api/v1/orders', calls.wish());
    const before = await preview();
    expect(before.revoked.map(({ profile, reason }) => `${profile} ${reason}`).toSorted()).toEqual([
      'gateway-sign cessationOfOperation',
      'user-auth cessationOfOperation',
    ]);
    expect([before.status, before.orders, before.ordersBeingSigned]).toEqual(['active', 1, 0]);
    expect(before.people).toBeGreaterThan(2);

    const early = await calls.call('operator', 'POST', path, {});
    expect([early.status, codesOf(early)]).toEqual([409, ['agency-is-member']]);
    expect(await remove()).toBe(1);
    const unnamed = await calls.call('operator', 'POST', path, {});
    expect([unnamed.status, codesOf(unnamed)]).toEqual([400, ['certificates-not-named']]);

    const [one, ...others] = before.revoked;
    const name = (certificates: Preview['revoked'], keys = world.operators as readonly (typeof world.operators)[0][]) =>
      signRevocation(
        client,
        {
          kind: 'certificate-revoke',
          subject: {
            kind: 'revoke',
            reason: 'cessationOfOperation',
            certificates: certificates.map(({ ca, serial }) => ({ ca, serial })),
          },
        },
        keys,
      );
    for (const statements of [
      [await name(one ? [one] : [])],
      [await name(before.revoked, [world.operators[0]])],
      [await name(before.revoked, [world.operators[0], world.administrators[0]])],
    ]) {
      const answer = await calls.call('operator', 'POST', path, { statements });
      expect([answer.status, codesOf(answer)]).toEqual([400, ['certificates-not-named']]);
    }
    expect(others).toHaveLength(1);
    expect(await statuses()).toEqual(['gateway-sign null', 'user-auth null']);
    // A row whose statement one operator signed shields the gateway from nothing.
    const digest = await name(before.revoked, [world.operators[0]]);
    const gateway = await world.owner
      .selectFrom('certificates')
      .select(['id', 'ca', 'serial'])
      .where('profile_id', '=', 'gateway-sign')
      .executeTakeFirstOrThrow();
    const { id, ...rest } = gateway;
    const row = { ...rest, certificate_id: id, kind: 'revoke', reason: 4, requested_by: 'nobody' } as const;
    await world.ra
      .insertInto('revocations')
      .values({ ...row, statement_digest: Uint8Array.fromHex(digest) })
      .execute();
    expect((await preview()).revoked).toHaveLength(2);
    const unknown = await calls.call('operator', 'POST', path, { statements: ['ab'.repeat(48)] });
    expect(codesOf(unknown)).toEqual(['statement-unknown']);
    const status = await calls.call('operator', 'GET', '/api/v1/status');
    expect(status.body).toMatchObject({ unendedAgencies: ['treasury'] });
  });

  it('ends by one command: certificates, orders, people and what they signed in with', async () => {
    const person = calls.person['grace.liu@treasury.govt.nz'] ?? '';
    const dry = await run('--dry-run');
    expect([dry.code, dry.stderr]).toEqual([0, '']);
    expect(dry.stdout).toContain('2 certificates (1 gateway-sign, 1 user-auth), 1 open orders');
    const unasked = await run('--key', ...keys());
    expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringContaining('not-confirmed')]);
    const done = await run('--key', ...keys(), '--note', 'merged into DPMC', '--yes', '--json');
    expect([done.stderr, done.code]).toEqual(['', 0]);
    expect(JSON.parse(done.stdout)).toMatchObject({ certificatesRevoked: 2, ordersWithdrawn: 1 });
    expect(await statuses()).toEqual(['gateway-sign 4', 'gateway-sign 5', 'user-auth 5']);
    const after = await preview();
    expect([after.revoked, after.orders, after.people]).toEqual([[], 0, 0]);
    const shown = await calls.call('operator', 'GET', `/api/v1/people/${person}`);
    expect((shown.body as unknown as { leftAt: string | null }).leftAt).not.toBeNull();
    expect((await calls.call('agent', 'GET', '/api/v1/orders')).status).toBe(401);
    // The signer, which believes statements only, lists both.
    for (const ca of world.signer.cas.values()) await world.signer.crls.publish(ca);
    const listed = await world.owner.selectFrom('crls').select(['ca', 'entries']).orderBy('number', 'desc').execute();
    const entries = (ca: string) => listed.find((one) => one.ca === ca)?.entries;
    expect([entries('gateway'), entries('individual')]).toEqual([1, 1]);
    const event = await world.owner
      .selectFrom('audit_events')
      .select('detail')
      .where('kind', '=', 'agency.abolished')
      .executeTakeFirstOrThrow();
    expect(event.detail).toMatchObject({ certificatesRevoked: 2, note: 'merged into DPMC' });
    const status = await calls.call('operator', 'GET', '/api/v1/status');
    expect(status.body).toMatchObject({ unendedAgencies: [] });
  });

  it('is removed by the same command, with a reason and the keys of two', async () => {
    const without = await abolish('dpmc', '--yes', '--reason', 'merged');
    expect([without.code, without.stderr]).toEqual([1, expect.stringContaining('keys-missing')]);
    const unreasoned = await abolish('dpmc', '--yes', '--key', ...keys());
    expect([unreasoned.code, unreasoned.stderr]).toEqual([1, expect.stringContaining('reason-missing')]);
    const signer = setInterval(() => {
      void world.signer.chain.acceptPending().then(() => calls.registration.ra.authority.refresh());
    }, 200);
    try {
      const done = await abolish('dpmc', '--yes', '--reason', 'merged', '--key', ...keys(), '--json');
      expect([done.stderr, done.code]).toEqual(['', 0]);
      expect(JSON.parse(done.stdout)).toMatchObject({ certificatesRevoked: 0 });
    } finally {
      clearInterval(signer);
    }
    const shown = await calls.call('operator', 'GET', '/api/v1/agencies/dpmc');
    expect((shown.body as unknown as { status: string }).status).toBe('removed');
  });

  it('can be asked again', async () => {
    const again = await calls.call('operator', 'POST', path, {});
    expect([again.status, again.body]).toMatchObject([200, { certificatesRevoked: 0, peopleEnded: 0 }]);
  });
});
