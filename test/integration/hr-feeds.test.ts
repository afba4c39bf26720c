import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runDueLifeEvents } from '../../services/ra/src/operations/life-event/carry-out.ts';
import { ConsoleBrowser } from '../support/console-browser.ts';
import { type HrKey, newHrKey, type SigningChange, signEvent } from '../support/hr-system.ts';
import { farName, ImportCalls } from '../support/import-calls.ts';
import { type Answer, type Caller, type Calls, codesOf, openCalls } from '../support/registration-calls.ts';
import { makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let key: HrKey;
let feed: string;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
});
afterAll(async () => {
  await calls?.registration.app.close();
  await world?.close();
});
beforeEach(async () => {
  calls.registration.clock = () => new Date();
  key = newHrKey();
  feed = await newFeed({});
});

async function newFeed(change: object, who: Caller = 'operator'): Promise<string> {
  const wish = { agencyId: 'treasury', name: 'payroll', kind: 'webhook', publicKey: key.publicKey, dailyCap: 20 };
  const made = await calls.call(who, 'POST', '/api/v1/hr-feeds', { ...wish, ...change });
  expect([made.status, codesOf(made)]).toEqual([201, []]);
  return made.body.id;
}

let entered = 0;
/** Somebody of the Treasury, with the agency's number for them. */
async function employee(): Promise<{ readonly id: string; readonly number: string }> {
  entered += 1;
  const number = `HR-${entered}`;
  const made = await calls.call('agent', 'POST', '/api/v1/people', {
    agencyId: 'treasury',
    givenName: 'Ngaio',
    surname: `Parata ${farName(entered)}`,
    email: `ngaio.${entered}@treasury.govt.nz`,
    externalId: number,
  });
  expect([made.status, codesOf(made)]).toEqual([201, []]);
  return { id: made.body.id, number };
}

interface Told {
  readonly id: number;
  readonly state: string;
  readonly waitsFor: string | null;
  readonly lifeEventId: number | null;
  readonly personId: string;
}
const told = ({ body }: { body: unknown }): Told => body as Told;

async function tell(
  event: object | string,
  change: SigningChange & { jws?: string | undefined } = {},
): Promise<Answer> {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const jws = 'jws' in change ? change.jws : signEvent(key, body, change);
  const answer = await calls.registration.app.inject({
    method: 'POST',
    url: '/api/v1/hr-events',
    headers: {
      host: 'localhost',
      'content-type': 'application/json',
      ...(jws === undefined ? {} : { 'x-jws-signature': jws }),
    },
    payload: body,
  });
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers, raw: answer.rawPayload };
}

const leaver = (number: string, more: object = {}): object => ({
  kind: 'leaver',
  person: { externalId: number },
  ...more,
});

async function leftAt(id: string): Promise<string | null> {
  return ((await calls.call('operator', 'GET', `/api/v1/people/${id}`)).body as unknown as { leftAt: string | null })
    .leftAt;
}

async function auditOf(kind: string, objectId: string): Promise<{ actor: unknown; detail: unknown }[]> {
  return world.owner
    .selectFrom('audit_events')
    .select(['actor', 'detail'])
    .where('kind', '=', kind)
    .where('object_id', '=', objectId)
    .where('outcome', '=', 'success')
    .execute();
}

describe('a signed event', () => {
  it('that somebody left revokes their certificates and ends their record, with the feed as who did it', async () => {
    const { id, number } = await employee();
    const items = ['user-auth', 'user-sign'].map((profile) => ({ ...calls.wish(newKey()).items[0], profile }));
    const wish = { ...calls.wish(), agentId: undefined, applicantId: id, type: 'business-card-software', items };
    const order = await calls.call('operator', 'POST', '/api/v1/orders', wish);
    expect([order.status, codesOf(order)]).toEqual([201, []]);
    await calls.approve(order.body.id, world.operators[1], 'operator2');
    await world.signer.orders.run();

    const answer = await tell(leaver(number));
    expect([answer.status, told(answer)]).toEqual([201, expect.objectContaining({ state: 'declared', personId: id })]);
    const rows = await sql<{ text: string }>`
      select c.profile_id || ' ' || r.kind || ' ' || r.reason || ' ' || r.requested_by as text
      from revocations r join certificates c on c.id = r.certificate_id where c.person_id = ${id} order by 1`.execute(
      world.owner,
    );
    const by = `3 hr-feed:${feed}`;
    expect(rows.rows.map(({ text }) => text)).toEqual([`user-auth revoke ${by}`, `user-sign revoke ${by}`]);
    expect(await leftAt(id)).not.toBeNull();
    for (const kind of ['hr-feed.report', 'person.event', 'person.event-carried-out']) {
      const [event] = await auditOf(kind, id);
      expect([kind, event?.actor]).toEqual([kind, { feed, method: 'webhook', address: '127.0.0.1' }]);
    }
    expect(codesOf(await tell(leaver(number)))).toEqual(['person-left']);
  });

  it('may be for later: it is carried out then, or called off before', async () => {
    const [stays, goes] = [await employee(), await employee()];
    const effectiveAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const called = await tell(leaver(stays.number, { effectiveAt }));
    const planned = await tell(leaver(goes.number, { effectiveAt }));
    expect([called.status, planned.status, await leftAt(goes.id)]).toEqual([201, 201, null]);
    const off = await calls.call('agent', 'POST', `/api/v1/life-events/${told(called).lifeEventId}/call-off`, {
      reason: 'stays on',
    });
    expect(off.status).toBe(200);
    calls.registration.clock = () => new Date(Date.now() + 4 * 86_400_000);
    await runDueLifeEvents(calls.registration.ra);
    calls.registration.clock = () => new Date();
    expect([await leftAt(stays.id), (await leftAt(goes.id)) === null]).toEqual([null, false]);
  });

  it('gives the first answer again under the same id, and takes no other body under it', async () => {
    const [one, other] = [await employee(), await employee()];
    const header = { jti: randomUUID() };
    const first = await tell(leaver(one.number), { header });
    const again = await tell(leaver(one.number), { header });
    expect([first.status, again.status, again.body]).toEqual([201, 200, first.body]);
    const another = await tell(leaver(other.number), { header });
    expect([another.status, another.body.code]).toEqual([409, 'idempotency-mismatch']);
    expect(await leftAt(other.id)).toBeNull();
    const twice = { header: { jti: randomUUID() } };
    const both = await Promise.all([tell(leaver(other.number), twice), tell(leaver(other.number), twice)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(told(both[0]).lifeEventId).toBe(told(both[1]).lifeEventId);
  });

  it('of a move or a new name waits for a person, who declares it', async () => {
    const { id, number } = await employee();
    const renamed = await tell({ kind: 'name-change', person: { id }, surname: 'Tawhiri', givenName: 'Ngaio' });
    expect([renamed.status, told(renamed).waitsFor]).toEqual([202, 'evidence']);
    const record = async () =>
      (await calls.call('operator', 'GET', `/api/v1/people/${id}`)).body as unknown as Record<string, unknown>;
    expect((await record())['surname']).not.toBe('Tawhiri');
    const list = await calls.call('agent', 'GET', `/api/v1/hr-reports?waiting=true&feed=${feed}`);
    expect(list.body.items.map(({ id: report }) => report)).toEqual([told(renamed).id]);
    const elsewhere = await calls.call('dpmc', 'POST', `/api/v1/hr-reports/${told(renamed).id}/confirm`, {
      confirm: true,
    });
    expect(elsewhere.status).toBe(404);
    const confirmed = await calls.call('agent', 'POST', `/api/v1/hr-reports/${told(renamed).id}/confirm`, {
      confirm: true,
    });
    expect([confirmed.status, told(confirmed).state]).toEqual([201, 'confirmed']);
    expect(await record()).toMatchObject({ surname: 'Tawhiri', displayName: 'Ngaio Tawhiri' });
    const again = await calls.call('agent', 'POST', `/api/v1/hr-reports/${told(renamed).id}/confirm`, {
      confirm: true,
    });
    expect(again.body.code).toBe('wrong-state');

    const moved = await tell({
      kind: 'mover',
      person: { externalId: number },
      toAgencyId: 'dpmc',
      email: 'ngaio.p@dpmc.govt.nz',
    });
    expect(moved.status).toBe(202);
    const path = `/api/v1/hr-reports/${told(moved).id}`;
    expect(codesOf(await calls.call('agent', 'POST', `${path}/confirm`, { confirm: true }))).toEqual([
      'operator-needed',
    ]);
    expect((await calls.call('operator', 'POST', `${path}/confirm`, { confirm: true })).status).toBe(201);
    expect(await record()).toMatchObject({ agencyId: 'dpmc', externalId: null });
  });

  it('about somebody of another agency, or nobody, is about nobody', async () => {
    for (const person of [
      { id: calls.person['alan.hunt@dpmc.govt.nz'] },
      { id: 'ZZZZZZZZZZZZZZZZ' },
      { externalId: 'HR-none' },
    ]) {
      const answer = await tell({ kind: 'leaver', person });
      expect([answer.status, codesOf(answer)]).toEqual([400, ['person-unknown']]);
    }
  });
});

describe('a feed', () => {
  it('has no more declared in a day than its cap: the rest waits for a person, who confirms or dismisses it', async () => {
    key = newHrKey();
    feed = await newFeed({ dailyCap: 2 });
    const people = [await employee(), await employee(), await employee(), await employee()];
    const answers: Answer[] = [];
    for (const { number } of people) answers.push(await tell(leaver(number)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 202, 202]);
    expect(answers.map((answer) => told(answer).waitsFor)).toEqual([null, null, 'daily-cap', 'daily-cap']);
    expect(await leftAt(people[2]?.id ?? '')).toBeNull();
    const decide = (index: number, how: string, body: object, who: Caller = 'agent') =>
      calls.call(who, 'POST', `/api/v1/hr-reports/${told(answers[index] as Answer).id}/${how}`, body);
    expect((await decide(2, 'confirm', {})).status).toBe(400);
    expect((await decide(2, 'confirm', { confirm: true }, 'auditor')).status).toBe(403);
    expect((await decide(2, 'confirm', { confirm: true })).status).toBe(201);
    expect(await leftAt(people[2]?.id ?? '')).not.toBeNull();
    const [done] = await auditOf('hr-feed.confirm', people[2]?.id ?? '');
    expect(done?.actor).toMatchObject({ personId: calls.person['hemi.walker@treasury.govt.nz'] });
    expect((await decide(3, 'dismiss', { reason: 'a mistake of payroll' })).status).toBe(200);
    expect((await decide(3, 'confirm', { confirm: true })).body.code).toBe('wrong-state');
    expect(await leftAt(people[3]?.id ?? '')).toBeNull();
    expect((await decide(0, 'dismiss', { reason: 'too late' })).body.code).toBe('wrong-state');

    // The next day there is room again.
    calls.registration.clock = () => new Date(Date.now() + 25 * 3_600_000);
    const header = { iat: Math.floor((Date.now() + 25 * 3_600_000) / 1000) };
    expect((await tell(leaver(people[3]?.number ?? ''), { header })).status).toBe(201);
  });

  it('keeps its cap when everything comes at once, and by the schema alone', async () => {
    key = newHrKey();
    feed = await newFeed({ dailyCap: 3 });
    const people = await Promise.all(Array.from({ length: 8 }, () => employee()));
    const answers = await Promise.all(people.map(({ number }) => tell(leaver(number))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 202, 202, 202, 202, 202]);
    const insert = sql`
      insert into hr_reports (feed_id, agency_id, person_id, kind, life_event_id, received_at)
      select ${feed}::uuid, 'treasury', r.person_id, 'leaver', e.id, now() from hr_reports r, life_events e
      where r.feed_id = ${feed}::uuid and not exists (select from hr_reports x where x.life_event_id = e.id) limit 1`;
    await calls.call('agent', 'POST', `/api/v1/people/${(await employee()).id}/life-events`, { kind: 'leaver' });
    await expect(insert.execute(world.ra)).rejects.toMatchObject({ code: 'SE033' });
  });

  it('waits for a person where the hourly cap on revocations is reached', async () => {
    const { id, number } = await employee();
    await sql`create function test_cap() returns trigger language plpgsql as $$ begin raise exception 'cap' using errcode = 'SE010'; end $$`.execute(
      world.owner,
    );
    await sql`create trigger test_cap before insert on life_events for each row execute function test_cap()`.execute(
      world.owner,
    );
    try {
      const answer = await tell(leaver(number));
      expect([answer.status, told(answer).waitsFor]).toEqual([202, 'revocation-cap']);
      expect(await leftAt(id)).toBeNull();
    } finally {
      await sql`drop trigger test_cap on life_events`.execute(world.owner);
      await sql`drop function test_cap`.execute(world.owner);
    }
  });

  it('is revoked at once by its agency, and never changes', async () => {
    const { id, number } = await employee();
    expect((await calls.call('dpmc', 'POST', `/api/v1/hr-feeds/${feed}/revoke`, { reason: 'not ours' })).status).toBe(
      404,
    );
    const revoked = await calls.call('agent', 'POST', `/api/v1/hr-feeds/${feed}/revoke`, { reason: 'the key leaked' });
    expect([revoked.status, revoked.body.state]).toEqual([200, 'revoked']);
    const answer = await tell(leaver(number));
    expect([answer.status, answer.body.code, await leftAt(id)]).toEqual([401, 'feed-refused', null]);
    const again = await calls.call('operator', 'POST', `/api/v1/hr-feeds/${feed}/revoke`, { reason: 'once more' });
    expect(again.body.code).toBe('wrong-state');
    const other = await sql`select id from hr_feeds where id <> ${feed}::uuid limit 1`.execute(world.owner);
    expect(other.rows).toHaveLength(1);
    for (const change of [
      'daily_cap = 200',
      'revoked_at = null, revoked_by = null',
      `expires_at = now() + interval '9 years'`,
    ]) {
      await expect(
        sql`update hr_feeds set ${sql.raw(change)} where id = ${feed}::uuid`.execute(world.owner),
      ).rejects.toMatchObject({ code: 'SE031' });
    }
    await expect(sql`update hr_feeds set daily_cap = 200`.execute(world.ra)).rejects.toMatchObject({ code: '42501' });
    expect(await auditOf('hr-feed.revoke', feed)).toHaveLength(1);
  });

  it('expires, whatever its key signs', async () => {
    key = newHrKey();
    feed = await newFeed({ days: 1 });
    const { number } = await employee();
    calls.registration.clock = () => new Date(Date.now() + 86_401_000);
    const header = { iat: Math.floor((Date.now() + 86_401_000) / 1000) };
    expect((await tell(leaver(number), { header })).body.code).toBe('feed-refused');
  });

  it.each<[string, Caller, object, number]>([
    ['an agent', 'agent', {}, 403],
    ['an auditor', 'auditor', {}, 403],
    ['nobody', undefined, {}, 401],
    ['an operator without a key', 'operator', { publicKey: undefined }, 400],
    ['an operator with a token and a key', 'operator', { kind: 'scim' }, 400],
    ['an operator for an agency that is none', 'operator', { agencyId: 'magic' }, 409],
    ['an operator with a cap beyond all', 'operator', { dailyCap: 201 }, 400],
    ['an operator for ever', 'operator', { days: 367 }, 400],
    [
      'an operator with a point off the curve',
      'operator',
      { publicKey: { kty: 'EC', crv: 'P-384', x: 'A'.repeat(64), y: 'A'.repeat(64) } },
      400,
    ],
    [
      'an operator with P-256',
      'operator',
      { publicKey: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } },
      400,
    ],
  ])('is not registered by %s', async (_name, who, change, status) => {
    const wish = { agencyId: 'treasury', name: 'x', kind: 'webhook', publicKey: newHrKey().publicKey, ...change };
    expect((await calls.call(who, 'POST', '/api/v1/hr-feeds', wish)).status).toBe(status);
  });

  it('has a key of its own, and shows a token once', async () => {
    const again = await calls.call('operator', 'POST', '/api/v1/hr-feeds', {
      agencyId: 'dpmc',
      name: 'the same key',
      kind: 'webhook',
      publicKey: key.publicKey,
    });
    expect([again.status, again.body.code]).toEqual([409, 'already-exists']);
    const list = await calls.call('agent', 'GET', '/api/v1/hr-feeds');
    expect(list.raw.toString()).not.toMatch(/token|sha256/i);
    expect((await calls.call('dpmc', 'GET', '/api/v1/hr-feeds')).body.items).toEqual([]);
  });
});

describe('the console', () => {
  it('shows what waits, and decides it in the name of whoever is signed in', async () => {
    key = newHrKey();
    feed = await newFeed({ dailyCap: 0 });
    const [goes, stays] = [await employee(), await employee()];
    const [confirmed, dismissed] = [await tell(leaver(goes.number)), await tell(leaver(stays.number))];
    const { registration } = calls;
    const agent = new ConsoleBrowser(registration.app, world.instance.urls.portal);
    await agent.form('/console/sign-in', { token: calls.authorization('agent').slice('Bearer '.length) });
    expect((await agent.get('/console')).text).toContain('/console/hr-feeds');
    const page = await agent.get('/console/hr-feeds');
    expect([page.status, page.text.includes(goes.id), page.text.includes('payroll')]).toEqual([200, true, true]);
    const press = (report: Answer, decision: string, reason = '') =>
      agent.press('/console/hr-feeds', '/console/hr-feeds', { report: String(told(report).id), decision, reason });
    expect((await press(confirmed, 'confirm')).location).toBe('/console/hr-feeds?done=confirm');
    expect((await press(dismissed, 'dismiss')).text).toContain('Say why, in a few words.');
    expect((await press(dismissed, 'dismiss', 'back next week')).location).toBe('/console/hr-feeds?done=dismiss');
    expect((await press(dismissed, 'confirm')).text).toContain('dismissed already');
    expect([(await leftAt(goes.id)) === null, await leftAt(stays.id)]).toEqual([false, null]);
    const other = new ConsoleBrowser(registration.app, world.instance.urls.portal);
    await other.form('/console/sign-in', { token: calls.authorization('dpmc').slice('Bearer '.length) });
    const theirs = await other.get('/console/hr-feeds');
    expect([theirs.status, theirs.text.includes('payroll')]).toEqual([200, false]);
  });
});

describe('the numbers by which people are named', () => {
  it('come with an import, and nobody else of the agency can have them', async () => {
    const imports = new ImportCalls(calls);
    const file =
      'surname,email,employee number\nNumber,number.1@treasury.govt.nz,N-1\nNone,number.2@treasury.govt.nz,\n';
    const { id } = await imports.run(file);
    const rows = await world.owner
      .selectFrom('import_rows as r')
      .innerJoin('people as p', 'p.id', 'r.person_id')
      .where('r.import_id', '=', id)
      .orderBy('r.row')
      .select('p.external_id')
      .execute();
    expect(rows.map(({ external_id }) => external_id)).toEqual(['N-1', null]);
    const again = await imports.preview('surname,email,employee number\nOther,number.3@treasury.govt.nz,N-1\n');
    expect(again.problems.map(({ code }) => code)).toEqual(['external-id-taken']);
    const person = { agencyId: 'treasury', surname: 'Other', email: 'number.4@treasury.govt.nz' };
    const taken = await calls.call('agent', 'POST', '/api/v1/people', { ...person, externalId: 'N-1' });
    expect([taken.status, taken.body.code]).toEqual([409, 'already-exists']);
    const made = await calls.call('agent', 'POST', '/api/v1/people', { ...person, externalId: 'N-4' });
    const path = `/api/v1/people/${made.body.id}/external-id`;
    expect((await calls.call('agent', 'POST', path, { externalId: 'N-1' })).status).toBe(409);
    for (const externalId of ['N-5', null]) {
      const changed = await calls.call('agent', 'POST', path, { externalId });
      expect([changed.status, changed.body]).toEqual([200, expect.objectContaining({ externalId })]);
    }
    expect((await calls.call('dpmc', 'POST', path, { externalId: 'N-6' })).status).toBe(404);
  });
});

describe('hostile events', () => {
  const now = (): number => Math.floor(Date.now() / 1000);
  it.each<[string, () => SigningChange & { jws?: string | undefined }]>([
    ['no signature', () => ({ jws: undefined })],
    ['a signature that is none', () => ({ jws: 'x' })],
    ['the signature of another key', () => ({ key: newHrKey() })],
    ['a signature over another body', () => ({ signed: '{}' })],
    ['an unknown key', () => ({ header: { kid: newHrKey().keyId } })],
    ['another algorithm', () => ({ header: { alg: 'ES256' } })],
    ['no algorithm', () => ({ header: { alg: 'none' } })],
    ['a symmetric algorithm', () => ({ header: { alg: 'HS384' } })],
    ['a key in the header', () => ({ header: { jwk: newHrKey().publicKey } })],
    ['an extension that must be understood', () => ({ header: { crit: ['b64'], b64: false } })],
    ['no time', () => ({ header: { iat: undefined } })],
    ['a time as text', () => ({ header: { iat: String(now()) } })],
    ['a time of six minutes ago', () => ({ header: { iat: now() - 360 } })],
    ['a time six minutes ahead', () => ({ header: { iat: now() + 360 } })],
    ['no id', () => ({ header: { jti: undefined } })],
    ['an id with a blank', () => ({ header: { jti: 'a b' } })],
    ['an id of 101 characters', () => ({ header: { jti: 'a'.repeat(101) } })],
  ])('with %s are refused, and nothing happens', async (_name, change) => {
    const { id, number } = await employee();
    const answer = await tell(leaver(number), change());
    expect([answer.status, answer.body.code]).toEqual([401, 'feed-refused']);
    expect(await leftAt(id)).toBeNull();
  });

  it.each<[string, string | object, number]>([
    ['no JSON', 'leaver', 400],
    ['a list', '[]', 400],
    ['an empty object', {}, 400],
    ['another kind', { kind: 'death', person: { externalId: 'HR-1' } }, 400],
    ['a lost key', { kind: 'lost-key', person: { externalId: 'HR-1' } }, 400],
    ['nobody', { kind: 'leaver', person: {} }, 400],
    ['two names of somebody', { kind: 'leaver', person: { externalId: 'HR-1', id: 'ZZZZZZZZZZZZZZZZ' } }, 400],
    ['an order', { kind: 'leaver', person: { externalId: 'HR-1' }, order: { profiles: ['operator'] } }, 400],
    ['a role', { kind: 'leaver', person: { externalId: 'HR-1' }, role: 'operator' }, 400],
    ['a name in a leaver', { kind: 'leaver', person: { externalId: 'HR-1' }, surname: 'X' }, 400],
    ['a time that is none', { kind: 'leaver', person: { externalId: 'HR-1' }, effectiveAt: 'tomorrow' }, 400],
    [
      'a time in two years',
      { kind: 'leaver', person: { externalId: 'HR-1' }, effectiveAt: '2029-01-01T00:00:00Z' },
      400,
    ],
    ['a member twice', '{"kind":"leaver","kind":"mover","person":{"externalId":"HR-1"}}', 400],
    ['a prototype', '{"kind":"leaver","person":{"externalId":"HR-1"},"__proto__":{}}', 400],
    ['a body that is too large', `{"kind":"leaver","person":{"externalId":"${'x'.repeat(17_000)}"}}`, 413],
  ])('that are %s are refused although they are signed', async (_name, body, status) => {
    expect((await tell(body)).status).toBe(status);
  });

  it('are on record with the feed that sent them', async () => {
    await tell(leaver('HR-none'));
    await calls.registration.app.close();
    const [last] = await world.owner
      .selectFrom('audit_events')
      .select(['actor', 'detail'])
      .where('kind', '=', 'hr-feed.report')
      .where('outcome', '=', 'failure')
      .orderBy('id', 'desc')
      .limit(1)
      .execute();
    expect(last).toMatchObject({ actor: { feed, method: 'webhook' }, detail: { violations: ['person-unknown'] } });
  });
});
