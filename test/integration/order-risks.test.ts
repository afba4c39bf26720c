import type { OrderContent, RiskPolicy } from '@see/domain';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { approveBatch, type BatchAnswer, bindCodes } from '../support/batch-calls.ts';
import { ImportCalls, importWish } from '../support/import-calls.ts';
import { type Answer, type Calls, codesOf, openCalls } from '../support/registration-calls.ts';
import { propose } from '../support/statements.ts';
import { asSuperuser } from '../support/superuser.ts';
import { bindCode, contentOf, makeWorld, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let evaluation: RiskPolicy;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  evaluation = world.signer.chain.authority.configuration.risk;
});
afterAll(async () => {
  await calls?.registration.app.close();
  await world?.close();
});
afterEach(async () => {
  const { risk } = world.signer.chain.authority.configuration;
  if (JSON.stringify(risk) !== JSON.stringify(evaluation)) await activate({});
});

/** Puts another risk policy in force, signed by two administrators unless fewer are given. */
async function activate(change: Partial<RiskPolicy>, signers = world.administrators.slice()): Promise<number> {
  const { configuration } = world.signer.chain.authority;
  const subject = JSON.parse(JSON.stringify({ ...configuration, risk: { ...evaluation, ...change } }));
  const accepted = await propose(world, 'configuration-activate', subject, signers);
  await calls.registration.ra.authority.refresh();
  return accepted;
}

let people = 0;
/** Enters somebody of the Treasury; the id. */
async function person(givenName: string, surname: string): Promise<string> {
  people += 1;
  const email = `risk.${people}@treasury.govt.nz`;
  const made = await calls.call('agent', 'POST', '/api/v1/people', { agencyId: 'treasury', givenName, surname, email });
  expect([made.status, codesOf(made)]).toEqual([201, []]);
  return made.body.id;
}

interface Shown {
  readonly id: string;
  readonly quorum: number;
  readonly dual: boolean;
  readonly state: string;
  readonly risks: readonly { readonly code: string; readonly reason: string }[];
}

/** Orders for a person, whose code is bound at once. */
async function order(applicantId: string, change: object = {}): Promise<Shown> {
  const wish = { ...calls.wish(), applicantId, items: [{ profile: 'user-auth' }], ...change };
  const made = await calls.call('agent', 'POST', '/api/v1/orders', wish);
  expect([made.status, codesOf(made)]).toEqual([201, []]);
  await bindCodes(world);
  return shown(made.body.id);
}

async function shown(id: string): Promise<Shown> {
  return (await calls.call('operator', 'GET', `/api/v1/orders/${id}`)).body as unknown as Shown;
}

const risksOf = ({ risks }: Shown): string[] => risks.map(({ code }) => code);

async function refusals(orderId: string): Promise<string[]> {
  const rows = await world.owner.selectFrom('order_refusals').select('code').where('order_id', '=', orderId).execute();
  return rows.map(({ code }) => code);
}

/** A day of the week that it is not anywhere now nor soon. */
function farDay(): number {
  return ((new Date().getUTCDay() + 3) % 7) + 1;
}

describe('the risk policy', () => {
  it('is signed by two administrators; one is not enough', async () => {
    expect(await activate({ nearNames: false }, world.administrators.slice(0, 1))).toBe(0);
    expect(world.signer.chain.authority.configuration.risk).toEqual(evaluation);
    expect(await activate({ newDomainDays: 3 })).toBe(1);
    const answer = await calls.call('auditor', 'GET', '/api/v1/configuration');
    expect((answer.body as unknown as { risk: RiskPolicy }).risk).toEqual({ ...evaluation, newDomainDays: 3 });
  });

  it('raises an order for each of its reasons, in words, in the bytes that are signed', async () => {
    const quiet = await order(await person('Whetu', 'Kereama'));
    expect([quiet.quorum, quiet.dual, quiet.risks]).toEqual([1, false, []]);
    const hours = { zone: 'UTC', from: '00:00', until: '00:01', days: [farDay()] };
    await activate({ newSponsorDays: 14, newDomainDays: 14, hours, manyAtOnce: { orders: 1, minutes: 60 } });
    const raised = await order(await person('Whetu', 'Kereame'));
    expect(risksOf(raised)).toEqual(['new-sponsor', 'new-domain', 'near-name', 'out-of-hours', 'many-at-once']);
    expect([raised.quorum, raised.dual]).toEqual([2, false]);
    expect(raised.risks[2]?.reason).toMatch(/^the name is close to that of .*: Whetu Kereama \([0-9A-Z]{16}\)$/);
    const content = await calls.call('operator', 'GET', `/api/v1/orders/${raised.id}/content`);
    expect((JSON.parse(content.raw.toString()) as OrderContent).risk).toEqual({
      quorumWithout: 1,
      reasons: raised.risks,
    });
    const list = async (risk: string): Promise<string[]> => {
      const answer = await calls.call('operator', 'GET', `/api/v1/orders?state=pending&risk=${risk}&limit=100`);
      return answer.body.items.map(({ id }) => id);
    };
    expect(await list('true')).toContain(raised.id);
    expect(await list('true')).not.toContain(quiet.id);
    expect(await list('false')).toContain(quiet.id);
    expect(await list('false')).not.toContain(raised.id);
    const [event] = await world.owner
      .selectFrom('audit_events')
      .select('detail')
      .where('kind', '=', 'order.create')
      .where('object_id', '=', raised.id)
      .execute();
    expect(event?.detail).toMatchObject({ risks: risksOf(raised) });
  });

  it('counts the orders of one person and no others', async () => {
    await activate({ nearNames: false, manyAtOnce: { orders: 500, minutes: 60 } });
    expect(risksOf(await order(await person('Pania', 'Solo')))).toEqual([]);
    const mine = calls.person['hemi.walker@treasury.govt.nz'];
    const { count } = await world.owner
      .selectFrom('orders')
      .select((build) => build.fn.countAll<number>().as('count'))
      .where('created_by', '=', mine ?? '')
      .executeTakeFirstOrThrow();
    await activate({ nearNames: false, manyAtOnce: { orders: Number(count) + 1, minutes: 60 } });
    expect(risksOf(await order(await person('Pania', 'Nextone')))).toEqual([]);
    expect(risksOf(await order(await person('Pania', 'Overfull')))).toEqual(['many-at-once']);
  });

  it('does not look for near names where the person is the same, of another agency, or gone', async () => {
    const twice = await person('Tui', 'Waaka');
    expect(risksOf(await order(twice))).toEqual([]);
    expect(risksOf(await order(twice))).toEqual([]);
    const gone = await person('Rewi', 'Maniapoto');
    await asSuperuser(world, ['people'], `update people set left_at = now() where id = '${gone}'`);
    expect(risksOf(await order(await person('Rewi', 'Maniapotu')))).toEqual([]);
    expect(risksOf(await order(await person('Alan', 'Hunt')))).toEqual([]);
  });
});

describe('a raised order', () => {
  it('is not redeemable by one approval, whatever the row says, and is by two persons', async () => {
    const first = await order(await person('Hinemoa', 'Rakaihautu'));
    expect(risksOf(first)).toEqual([]);
    const raised = await order(await person('Hinemoa', 'Rakaihauto'));
    expect(risksOf(raised)).toEqual(['near-name']);
    const one = await calls.approve(raised.id, world.operators[0]);
    expect([one.body.approvals, one.body.state]).toEqual([1, 'pending']);
    await world.ra.updateTable('orders').set({ state: 'approved' }).where('id', '=', raised.id).execute();
    await world.signer.orders.run();
    expect(await refusals(raised.id)).toEqual(['not-enough-approvals']);

    const other = await order(await person('Hinemoa', 'Rakaihautuu'));
    expect(risksOf(other)).toEqual(['near-name']);
    await calls.approve(other.id, world.operators[0]);
    expect((await calls.approve(other.id, world.operators[0])).body.code).toBe('already-exists');
    const two = await calls.approve(other.id, world.operators[1], 'operator2');
    expect([two.body.approvals, two.body.state]).toEqual([2, 'approved']);
    await world.signer.orders.run();
    expect([(await shown(other.id)).state, await refusals(other.id)]).toEqual(['redeemable', []]);
  });

  it('keeps its reasons: nobody changes the row', async () => {
    const raised = await order(await person('Hinemoa', 'Rakaihautua'));
    await expect(
      world.owner.updateTable('orders').set({ risk: null }).where('id', '=', raised.id).execute(),
    ).rejects.toMatchObject({ code: 'SE030' });
  });
});

describe('an import', () => {
  const near = (word: string): string =>
    [
      'given name,surname,email',
      `${word},Alpha,${word}.1@treasury.govt.nz`,
      `${word},Alpho,${word}.2@treasury.govt.nz`,
      `${word},Omega,${word}.3@treasury.govt.nz`,
    ].join('\r\n');
  const wishOf = () => ({
    order: {
      profiles: ['user-auth'],
      sponsorId: calls.person['susan.grant@treasury.govt.nz'] ?? '',
      agentId: calls.person['hemi.walker@treasury.govt.nz'] ?? '',
    },
  });

  it('says in its preview how many orders would be raised, for whom and why', async () => {
    const answer = await calls.call('agent', 'POST', '/api/v1/imports/preview', importWish(near('Preview'), wishOf()));
    const preview = answer.body as unknown as {
      counts: { raised: number };
      raised: { row: number; displayName: string; risks: Shown['risks'] }[];
    };
    expect(preview.counts.raised).toBe(1);
    expect(preview.raised).toMatchObject([{ row: 3, displayName: 'Preview Alpho', risks: [{ code: 'near-name' }] }]);
    expect(preview.raised[0]?.risks[0]?.reason).toMatch(/Preview Alpha \(row 2\)/);
    await activate({ newSponsorDays: 30 });
    const all = await calls.call('agent', 'POST', '/api/v1/imports/preview', importWish(near('Preview'), wishOf()));
    expect((all.body as unknown as typeof preview).counts.raised).toBe(3);
  });

  it('makes orders that one batch approves: some by one person, the raised one by two who sign the same', async () => {
    const imports = new ImportCalls(calls);
    const importId = await imports.start(near('Bulk'), wishOf());
    await imports.settled();
    await bindCodes(world);
    const made = (await calls.call('operator', 'POST', '/api/v1/batches', {
      agencyId: 'treasury',
      importId,
    })) as BatchAnswer;
    expect([made.status, made.body.count, made.body.quorum]).toEqual([201, 3, 2]);
    const states = async (): Promise<unknown> =>
      ((await calls.call('operator', 'GET', `/api/v1/batches/${made.body.id}`)) as BatchAnswer).body.states;

    const one = await approveBatch(calls, made.body.id, world.operators[0]);
    expect([one.status, one.body]).toEqual([201, { approved: 3, waiting: 1, left: [] }]);
    await world.signer.orders.run();
    expect(await states()).toEqual({ redeemable: 2, pending: 1 });

    const same = await approveBatch(calls, made.body.id, world.operators[0]);
    expect([same.status, same.body.code]).toEqual([409, 'already-exists']);
    expect(codesOf(same as Answer)).toContain('approved-already');
    expect(await states()).toEqual({ redeemable: 2, pending: 1 });

    const two = await approveBatch(calls, made.body.id, world.operators[1], 'operator2');
    expect([two.status, two.body.approved, two.body.waiting]).toEqual([201, 1, 0]);
    await world.signer.orders.run();
    expect(await states()).toEqual({ redeemable: 3 });
  });
});

describe('who owns ra and the database', () => {
  /** A draft for Grace Liu, as ra makes it of signed facts alone. */
  async function draftOf() {
    const person = (await world.people()).find(({ email }) => email === 'grace.liu@treasury.govt.nz');
    if (!person) throw new Error('no person');
    const { id, given: givenName, surname, email } = person;
    return world.draft({
      kind: 'person',
      typeId: 'business-card-software',
      person: { id, givenName, surname, displayName: 'Grace Liu', email },
      items: [{ profileId: 'user-auth', csr: null, dnsNames: [] }],
    });
  }

  /** Stores an order as it likes, with the approvals of some operators, and has the signer look. */
  async function attempt(change: (content: OrderContent) => OrderContent, approvers: number): Promise<string> {
    const draft = change(contentOf(await draftOf(), '0'.repeat(96)));
    await world.store(draft, []);
    const { commitment: _unbound, ...unbound } = draft;
    const { content } = await bindCode(world, unbound);
    await world.approve(content, world.operators.slice(0, approvers));
    await world.signer.orders.run();
    const codes = await refusals(content.orderId);
    return codes.join() || (await shown(content.orderId)).state;
  }

  const without = ({ risk: _said, ...content }: OrderContent): OrderContent => content;

  it('gets no lower quorum than signed statements ask for', async () => {
    await activate({ newSponsorDays: 14 });
    expect(await attempt((content) => content, 1)).toBe('not-enough-approvals');
    expect(await attempt((content) => content, 2)).toBe('redeemable');
    expect(await attempt((content) => ({ ...without(content), quorum: 1 }), 1)).toBe('quorum-too-small');
    expect(await attempt(without, 2)).toBe('risk-not-said');
  });

  it('may leave out what only ra reads, as docs/approvals.md says', async () => {
    expect(await attempt((content) => content, 1)).toBe('redeemable');
  });
});
