import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DnsServer, startDnsServer } from '../support/dns-server.ts';
import { query } from '../support/query.ts';
import { type Calls, codesOf, openCalls } from '../support/registration-calls.ts';
import { propose } from '../support/statements.ts';
import { asSuperuser } from '../support/superuser.ts';
import { makeWorld, newKey, type World } from '../support/world.ts';

const DAY = 86_400;
let world: World;
let calls: Calls;
let dns: DnsServer;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  dns = await startDnsServer();
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  resolver.setServers([dns.address]);
  calls.registration.resolveTxt = (name) => resolver.resolveTxt(name);
  // A scope that was extended by two operators who did not verify its domains again.
  const now = Math.floor(Date.now() / 1000);
  const treasury = world.signer.chain.authority.agencies.get('treasury');
  if (!treasury) throw new Error('no treasury');
  const { digest: _1, status: _2, membership: _3, domainsSince: _4, sponsorsSince: _5, ...scope } = treasury;
  const extended = { ...scope, lastVerifiedAt: now - 399 * DAY, nextReviewAt: now + 300 * DAY };
  expect(
    await propose(world, 'agency-scope', extended as unknown as Parameters<typeof propose>[2], world.operators),
  ).toBe(1);
  await calls.registration.ra.authority.refresh();
});
afterAll(async () => {
  await dns?.close();
  await calls?.registration.app.close();
  await world?.close();
});

const order = (profile: string) => calls.call('agent', 'POST', '/api/v1/orders', calls.wish(newKey(), profile));
const url = (rest: string) => `/api/v1/agencies/treasury/${rest}`;
interface Challenge {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}
const challenge = async (domain = 'treasury.govt.nz') => {
  const made = await calls.call('agent', 'POST', url('domain-challenges'), { domain });
  return { status: made.status, ...(made.body as unknown as Challenge) };
};
const prove = (body: object, who: 'operator' | 'agent' = 'operator') =>
  calls.call(who, 'POST', url('domain-evidence'), body);

describe('a domain whose control was shown too long ago', () => {
  it('gets no gateway certificate until a record stands in the DNS', async () => {
    const refused = await order('gateway-sign');
    expect([refused.body.code, ...codesOf(refused)]).toEqual(['evidence-missing', 'evidence-domain']);
    expect(refused.body.violations).toMatchObject([
      {
        message: expect.stringMatching(/^control of treasury\.govt\.nz was last shown on .*, more than 398 days ago$/),
      },
    ]);
    const { id, name, text } = await challenge();
    expect(name).toBe('_see-pki-challenge.treasury.govt.nz');
    expect(text).toMatch(/^see-pki=[A-Za-z0-9_-]{43}$/);
    const proof = { method: 'dns-record', challengeId: id };
    expect((await prove(proof, 'agent')).status).toBe(403);
    const none = await prove(proof);
    expect(codesOf(none)).toEqual(['no-record']);
    expect(none.body).toMatchObject({ detail: expect.stringContaining('ENOTFOUND') });
    dns.records.set(name, ['v=spf1 -all', `${text}x`]);
    expect(codesOf(await prove(proof))).toEqual(['no-record']);
    dns.records.set(name, ['v=spf1 -all', text]);
    const shown = await prove(proof);
    expect(shown.status).toBe(201);
    expect(shown.body.items).toMatchObject([{ domain: 'treasury.govt.nz', by: 'dns-record', stale: false }]);
    expect((await order('gateway-sign')).status).toBe(201);
    // Once is enough, and once only.
    expect((await prove(proof)).status).toBe(409);
    const events = await world.owner
      .selectFrom('audit_events')
      .select('kind')
      .where('object_id', '=', 'treasury')
      .where('kind', 'like', 'domain.%')
      .orderBy('id')
      .execute();
    expect(events.map(({ kind }) => kind)).toEqual(['domain.challenged', 'domain.proved']);
  });

  it('may be shown by an operator’s decision, which has a reason and an end', async () => {
    const age = (days: number) =>
      asSuperuser(
        world,
        ['domain_evidence'],
        `update domain_evidence set recorded_at = recorded_at - interval '${days} days'`,
      );
    await age(399);
    expect(codesOf(await order('gateway-sign'))).toEqual(['evidence-domain']);
    const decision = {
      method: 'officer-decision',
      domain: 'treasury.govt.nz',
      reason: 'letter of the CIO, TSY-2026-31',
    };
    expect((await prove({ ...decision, reason: 'yes' })).status).toBe(400);
    expect((await prove({ ...decision, domain: 'dpmc.govt.nz' })).status).toBe(404);
    expect((await prove(decision)).status).toBe(201);
    expect((await order('gateway-sign')).status).toBe(201);
    await age(398);
    expect(codesOf(await order('gateway-sign'))).toEqual(['evidence-domain']);
    const listed = await calls.call('auditor', 'GET', url('domains'));
    expect(listed.body.items).toMatchObject([{ by: 'officer-decision', stale: true }]);
  });

  it('is not shown by a value of another agency, or one whose time is over', async () => {
    const { id, name, text } = await challenge();
    dns.records.set(name, [text]);
    const theirs = `/api/v1/agencies/dpmc/domain-evidence`;
    const stolen = await calls.call('operator', 'POST', theirs, { method: 'dns-record', challengeId: id });
    expect(stolen.status).toBe(404);
    const steal = `insert into domain_evidence (agency_id, domain, method, challenge_id, recorded_by) values ('dpmc', 'treasury.govt.nz', 'dns-record', $1, 'x')`;
    await expect(query(world.postgres.serviceUrl('ra'), steal, [id])).rejects.toThrow(/another domain/);
    await asSuperuser(
      world,
      ['domain_challenges'],
      `update domain_challenges set asked_at = asked_at - interval '25 hours', expires_at = expires_at - interval '25 hours'`,
    );
    expect((await prove({ method: 'dns-record', challengeId: id })).status).toBe(409);
    expect((await challenge('other.govt.nz')).status).toBe(404);
    expect((await calls.call('dpmc', 'POST', url('domain-challenges'), { domain: 'treasury.govt.nz' })).status).toBe(
      404,
    );
  });
});
