import type { AddressInfo } from 'node:net';
import { evaluationKeyFile } from '@see/cli';
import { withTransaction } from '@see/db';
import { lockAgency } from '@see/db/ra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Calls, codesOf, openCalls } from '../support/registration-calls.ts';
import { runSee } from '../support/see-command.ts';
import { propose } from '../support/statements.ts';
import { makeWorld, newKey, type World } from '../support/world.ts';

const OLD = 'The Treasury';
const NEW = 'Te Tai Ōhanga';

let world: World;
let calls: Calls;
let url: string;
let people: readonly string[];

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  const { app } = calls.registration;
  await app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://localhost:${(app.server.address() as AddressInfo).port}`;
  people = await Promise.all(['Aperahama', 'Broughton', 'Carroll'].map(enter));
  for (const personId of people) await certify(personId, ['user-auth', 'user-sign']);
  await calls.issueGateway();
});
afterAll(async () => {
  await calls?.registration.app.close();
  await world?.close();
});

async function enter(surname: string): Promise<string> {
  const made = await calls.call('agent', 'POST', '/api/v1/people', {
    agencyId: 'treasury',
    givenName: 'Mere',
    surname,
    email: `${surname.toLowerCase()}@treasury.govt.nz`,
  });
  return made.body.id;
}

/** Issues certificates to a person, by keys that come with the order. */
async function certify(personId: string, profiles: readonly string[], organizationName = OLD): Promise<void> {
  const made = await calls.call('operator', 'POST', '/api/v1/orders', {
    ...calls.wish(),
    agentId: undefined,
    applicantId: personId,
    organizationName,
    type: 'business-card-software',
    items: profiles.map((profile) => ({ ...calls.wish(newKey()).items[0], profile })),
  });
  expect([made.status, codesOf(made)]).toEqual([201, []]);
  await calls.approve(made.body.id, world.operators[1], 'operator2');
  await world.signer.orders.run();
}

const see = (...args: string[]) => {
  const environment = { SEE_URL: url, SEE_TOKEN: calls.authorization('operator').slice('Bearer '.length) };
  return runSee({ program: 'see', environment }, 'agency', ...args);
};
const sponsor = () => calls.person['susan.grant@treasury.govt.nz'] ?? '';
const reissue = (...args: string[]) =>
  see('reissue', 'treasury', '--organization', NEW, '--sponsor', sponsor(), ...args);
/** Orders that wait for a code of their persons: those of the command. */
const reissues = () =>
  world.owner
    .selectFrom('orders')
    .select(['applicant_id', 'draft'])
    .where('kind', '=', 'person')
    .where('state', '=', 'preparing')
    .execute();

describe('an agency that gets another name', () => {
  it('has the name in its scope first', async () => {
    const early = await reissue('--dry-run');
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('organization-not-in-scope')]);
    const scope = world.signer.chain.authority.agencies.get('treasury');
    if (!scope) throw new Error('no treasury');
    const {
      agencyId,
      name,
      organizationIdentifier,
      locality,
      domains,
      profiles,
      delegations,
      lastVerifiedAt,
      nextReviewAt,
    } = scope;
    const wish = {
      ...{ agencyId, name, organizationIdentifier, locality, domains, profiles, lastVerifiedAt, nextReviewAt },
      organizationNames: [OLD, NEW],
      delegations: delegations.map((one) => ({ ...one })),
    };
    expect(await propose(world, 'agency-scope', wish, world.operators)).toBe(1);
    await calls.registration.ra.authority.refresh();
  });

  it('orders for everybody what their certificates are to be replaced by, once', async () => {
    const dry = await reissue('--dry-run', '--json');
    expect([dry.stderr, dry.code]).toEqual(['', 0]);
    const planned = (JSON.parse(dry.stdout) as { people: { personId: string; outcome: string; profiles: string[] }[] })
      .people;
    expect(planned.map(({ outcome }) => outcome)).toEqual(['to-order', 'to-order', 'to-order']);
    expect(planned[0]?.profiles.toSorted()).toEqual(['user-auth', 'user-sign']);
    expect(await reissues()).toEqual([]);
    const done = await reissue('--yes', '--json');
    expect([done.stderr, done.code]).toEqual(['', 0]);
    const orders = await reissues();
    expect(orders.map(({ applicant_id: id }) => id).toSorted()).toEqual(people.toSorted());
    for (const { draft } of orders) expect((draft as { replaces: string[] }).replaces).toHaveLength(2);
    const again = await reissue('--yes');
    expect(again.stdout).toContain('0 people get orders');
    expect(await reissues()).toHaveLength(3);
    // A rejected one is made again.
    await world.ra
      .updateTable('orders')
      .set({ state: 'withdrawn' })
      .where('applicant_id', '=', people[0] ?? '')
      .where('kind', '=', 'person')
      .execute();
    const third = await reissue('--yes', '--json');
    expect(
      (JSON.parse(third.stdout) as { people: { outcome: string }[] }).people.map(({ outcome }) => outcome).toSorted(),
    ).toEqual(['ordered', 'under-way', 'under-way']);
  });

  it('is refused while somebody else orders for the agency, and no connection is kept waiting', async () => {
    const post = () =>
      calls.call('operator', 'POST', '/api/v1/agencies/treasury/reissues', {
        organizationName: NEW,
        sponsorId: sponsor(),
      });
    await withTransaction(world.ra, async (tx) => {
      await lockAgency(tx, 'treasury');
      const answers = await Promise.all(Array.from({ length: 30 }, post));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([409]));
    });
    expect((await post()).status).toBe(200);
  });

  it('says for whom there is no order and why, and orders for the others', async () => {
    const left = await enter('Davis');
    await certify(left, ['user-auth']);
    await world.owner
      .updateTable('people')
      .set({ next_review_at: new Date(0) })
      .where('id', '=', left)
      .execute();
    const done = await reissue('--yes');
    expect([done.code, done.stderr]).toEqual([1, expect.stringContaining('some-refused')]);
    expect(done.stdout).toContain('person-stale');
    await world.owner
      .updateTable('people')
      .set({ next_review_at: new Date(Date.now() + 86_400_000) })
      .where('id', '=', left)
      .execute();
    expect((await reissue('--yes')).stdout).toContain('1 ordered, 0 refused');
  });

  it('retires the old name where there is a successor, by two operators, and lists the rest', async () => {
    const [first = ''] = people;
    await certify(first, ['user-auth'], NEW);
    const retire = (...args: string[]) => see('retire-name', 'treasury', '--organization', OLD, ...args);
    const dry = await retire('--dry-run', '--json');
    const found = JSON.parse(dry.stdout) as { replaced: { profile: string }[]; unreplaced: { profile: string }[] };
    expect(found.replaced.map(({ profile }) => profile)).toEqual(['user-auth']);
    expect(found.unreplaced).toHaveLength(7);
    expect(found.unreplaced.map(({ profile }) => profile)).toContain('gateway-sign');
    expect((await retire('--yes')).stderr).toContain('keys-missing');
    const keys = ['operator1', 'operator2'].map((name) => evaluationKeyFile(world.layout, name));
    const done = await retire('--yes', '--key', ...keys);
    expect([done.stderr, done.code]).toEqual(['', 0]);
    const revoked = await world.owner
      .selectFrom('revocations as r')
      .innerJoin('certificates as c', 'c.id', 'r.certificate_id')
      .select(['c.person_id', 'c.profile_id', 'r.reason'])
      .execute();
    expect(revoked).toEqual([{ person_id: first, profile_id: 'user-auth', reason: 3 }]);
    expect(JSON.parse((await retire('--dry-run', '--json')).stdout)).toMatchObject({ replaced: [] });
  });
});
