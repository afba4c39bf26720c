import { createHash } from 'node:crypto';
import { canonicalBytes } from '@see/statement';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../support/query.ts';
import { type Answer, type Calls, codesOf, openCalls } from '../support/registration-calls.ts';
import { asSuperuser } from '../support/superuser.ts';
import { makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let sponsor: string;
let grace: string;
let susan: string;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  grace = calls.person['grace.liu@treasury.govt.nz'] ?? '';
  susan = calls.person['susan.grant@treasury.govt.nz'] ?? '';
  sponsor = `Bearer ${await calls.registration.token('sponsor', susan, 'treasury')}`;
});
afterAll(async () => {
  await calls?.registration.app.close();
  await world?.close();
});

const setPreset = (preset: string): void => {
  Object.assign(calls.registration.ra.site, { preset });
};
type Who = Parameters<Calls['call']>[0];
/** Orders for a person who will bring the keys. */
const order = (who: Who, change: object = {}, headers: Record<string, string> = {}): Promise<Answer> => {
  const wish = {
    ...calls.wish(),
    agentId: undefined,
    evidence: undefined,
    items: [{ profile: 'user-auth' }],
    ...change,
  };
  return calls.call(who, 'POST', '/api/v1/orders', wish, headers);
};
const path = () => `/api/v1/people/${grace}/evidence`;
const add = (who: Who, wish: object, headers: Record<string, string> = {}): Promise<Answer> =>
  calls.call(who, 'POST', path(), { sightedOn: new Date().toISOString().slice(0, 10), ...wish }, headers);
const document = (kind: string, change: object = {}) => ({ kind, issuer: 'Te Tari Taiwhenua', ...change });
/** What an order's approvers read as evidence; its digest is what they sign. */
async function evidenceOf(orderId: string): Promise<Record<string, string>> {
  const row = await world.owner
    .selectFrom('audit_events')
    .select('detail')
    .where('object_id', '=', orderId)
    .where('kind', '=', 'order.create')
    .executeTakeFirstOrThrow();
  const { evidence } = row.detail as { evidence: Record<string, string> };
  const { draft } = await world.owner
    .selectFrom('orders')
    .select('draft')
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow();
  const digest = createHash('sha384').update(canonicalBytes(evidence)).digest('hex');
  expect((draft as { evidence: string }).evidence).toBe(digest);
  return evidence;
}
const items = async () => world.owner.selectFrom('evidence_items').selectAll().orderBy('id').execute();

describe('in the evaluation preset', () => {
  it('an order that names a sponsor is that sponsor’s word, recorded with it, and covered by its digest', async () => {
    const first = await order('operator', { evidence: { letter: 'TSY-1' } });
    expect(first.status).toBe(201);
    expect(await evidenceOf(first.body.id)).toEqual({
      letter: 'TSY-1',
      identity: `known to the agency: word of ${susan} with this order`,
    });
    const [word] = await items();
    expect(word).toMatchObject({
      person_id: grace,
      kind: 'known-to-agency',
      sighted_by: susan,
      order_id: first.body.id,
      agency_id: 'treasury',
    });
    const second = await order('operator');
    expect((await evidenceOf(second.body.id))['identity']).toContain(`item ${word?.id}`);
    expect(await items()).toHaveLength(1);
  });

  it('nobody says themselves what the record is worth', async () => {
    const said = await order('operator', { evidence: { identity: 'I know them' } });
    expect([said.status, ...codesOf(said)]).toEqual([400, 'not-yours-to-say']);
  });
});

describe('under the standard policy', () => {
  it('an order without evidence is refused with what is missing, until the sponsor has given their word', async () => {
    setPreset('production');
    const [given] = await items();
    const withdraw = `/api/v1/evidence/${given?.id}/withdraw`;
    expect((await calls.call('dpmc', 'POST', withdraw, { reason: 'not true' })).status).toBe(404);
    expect((await calls.call('agent', 'POST', withdraw, { reason: 'not true' })).status).toBe(200);
    expect((await calls.call('agent', 'POST', withdraw, { reason: 'not true' })).status).toBe(409);
    const refused = await order('operator');
    expect([refused.status, refused.body.code, ...codesOf(refused)]).toEqual([
      400,
      'evidence-missing',
      'evidence-identity',
    ]);
    expect(refused.body.violations).toMatchObject([
      {
        message: expect.stringMatching(
          /no sponsor has given their word that the agency knows this person, and documents/,
        ),
      },
    ]);
    expect((await items()).length).toBe(1);
    // It is the sponsor's to say.
    expect(codesOf(await add('agent', { kind: 'known-to-agency' }))).toEqual(['sponsor-needed']);
    const word = await add(undefined, { kind: 'known-to-agency' }, { authorization: sponsor });
    expect(word.status).toBe(201);
    const made = await order('operator');
    expect(made.status).toBe(201);
    expect((await evidenceOf(made.body.id))['identity']).toContain(`item ${word.body.id}`);
    const reason = { reason: 'somebody else' };
    await calls.call('agent', 'POST', `/api/v1/evidence/${word.body.id}/withdraw`, reason);
    expect((await order('operator')).body.code).toBe('evidence-missing');
    // Who orders in their own name gives their word with it.
    const own = await order(undefined, {}, { authorization: sponsor });
    expect((await evidenceOf(own.body.id))['identity']).toBe(`known to the agency: word of ${susan} with this order`);
    expect((await items()).at(-1)).toMatchObject({ order_id: own.body.id, sighted_by: susan });
  });

  it('a passport asks for documents worth enough, and for the mailbox', async () => {
    setPreset('production');
    // Its keys are in a token, so it brings a CSR.
    const ask = () => {
      const items = [{ ...calls.wish(newKey()).items[0], profile: 'user-auth' }];
      return order('operator', { type: 'passport', evidence: { hardwareToken: 'SN 1' }, items });
    };
    const codes = async (): Promise<readonly string[]> => codesOf(await ask());
    expect(await codes()).toEqual(['evidence-identity', 'evidence-mailbox']);
    expect((await add('agent', document('passport', { expiresOn: '2099-01-31' }))).status).toBe(201);
    expect(await codes()).toEqual(['evidence-identity', 'evidence-mailbox']);
    const licence = await add('agent', document('driver-licence', { method: 'remote', note: 'by video' }));
    expect(await codes()).toEqual(['evidence-mailbox']);
    const check = crypto.randomUUID();
    await asSuperuser(
      world,
      ['mailbox_checks', 'mailbox_proofs'],
      `insert into mailbox_checks (id, person_id, address, asked_by) values ('${check}', '${grace}', 'grace.liu@treasury.govt.nz', 'test')`,
      `insert into mailbox_proofs (check_id, person_id, address, proved_at) values ('${check}', '${grace}', 'grace.liu@treasury.govt.nz', clock_timestamp())`,
    );
    const made = await ask();
    expect(made.status).toBe(201);
    const evidence = await evidenceOf(made.body.id);
    expect(evidence['identity']).toMatch(/^110 points: /);
    expect(evidence['mailbox']).toMatch(/^mailbox proved on /);
    await asSuperuser(
      world,
      ['mailbox_proofs'],
      `update mailbox_proofs set proved_at = proved_at - interval '31 days'`,
    );
    const late = await ask();
    expect(late.body.violations).toMatchObject([{ message: expect.stringContaining('more than 30 days ago') }]);
    const listed = await calls.call('auditor', 'GET', path());
    expect(listed.body.items[0]).toMatchObject({
      id: licence.body.id,
      method: 'remote',
      sightedBy: calls.person['hemi.walker@treasury.govt.nz'],
    });
    expect(listed.body).toMatchObject({ policy: 'standard-1' });
  });

  it.each<[string, object, string]>([
    ['an unknown kind', { kind: 'library-card', issuer: 'x' }, 'unknown-kind'],
    ['no issuer', { kind: 'passport' }, 'issuer-missing'],
    ['another method', document('passport', { method: 'known-to-agency' }), 'other-method'],
    ['a day to come', document('passport', { sightedOn: '2099-01-01' }), 'bad-day'],
    ['no day', document('passport', { sightedOn: '2026-02-30' }), 'bad-day'],
    ['a document that has expired', document('passport', { expiresOn: '2020-01-01' }), 'bad-day'],
  ])('nothing is recorded with %s', async (_, wish, code) => {
    const before = (await items()).length;
    expect(codesOf(await add('agent', wish))).toContain(code);
    expect((await items()).length).toBe(before);
  });

  it('there is no place for the number of a document, and nothing is changed once recorded', async () => {
    expect((await add('agent', document('passport', { number: 'LA123456' }))).status).toBe(400);
    const columns = await query<{ name: string }>(
      world.postgres.superuserUrl,
      `select column_name as name from information_schema.columns where table_name = 'evidence_items'`,
    );
    expect(columns.map(({ name }) => name).filter((name) => name.includes('number'))).toEqual([]);
    const asRa = (text: string) => query(world.postgres.serviceUrl('ra'), text);
    await expect(asRa(`update evidence_items set kind = 'passport'`)).rejects.toThrow(/permission denied/);
    await expect(asRa('delete from evidence_withdrawals')).rejects.toThrow(/permission denied/);
    const insert = (by: string, day: string) =>
      asRa(`insert into evidence_items (person_id, kind, issuer, method, sighted_on, sighted_by, recorded_by)
        values ('${grace}', 'passport', 'DIA', 'in-person', ${day}, '${by}', 'test')`);
    await expect(insert(grace, 'current_date')).rejects.toThrow(/check/);
    await expect(insert(susan, 'current_date + 3')).rejects.toThrow(/nobody has seen it/);
  });
});
