import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farName } from '../support/import-calls.ts';
import { type Calls, codesOf, openCalls } from '../support/registration-calls.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let token: string;
let feed: string;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  ({ token, feed } = await newFeed());
});
afterAll(async () => {
  await calls?.registration.app.close();
  await world?.close();
});

async function newFeed(change: object = {}): Promise<{ token: string; feed: string }> {
  const wish = { agencyId: 'treasury', name: 'identity provider', kind: 'scim', dailyCap: 100 };
  const made = await calls.call('operator', 'POST', '/api/v1/hr-feeds', { ...wish, ...change });
  expect([made.status, codesOf(made)]).toEqual([201, []]);
  return { token: (made.body as unknown as { token: string }).token, feed: made.body.id };
}

let entered = 0;
async function employee(): Promise<{ readonly id: string; readonly email: string; readonly number: string }> {
  entered += 1;
  const [email, number] = [`scim.${entered}@treasury.govt.nz`, `E${entered}`];
  const names = { givenName: 'Rongo', surname: `Tāmati ${farName(entered)}` };
  const made = await calls.call('agent', 'POST', '/api/v1/people', {
    agencyId: 'treasury',
    ...names,
    email,
    externalId: number,
  });
  expect([made.status, codesOf(made)]).toEqual([201, []]);
  return { id: made.body.id, email, number };
}

interface Resource {
  readonly id: string;
  readonly active: boolean;
  readonly schemas: readonly string[];
  readonly status?: string;
  readonly scimType?: string;
  readonly detail?: string;
  readonly totalResults: number;
  readonly itemsPerPage: number;
  readonly Resources: readonly Resource[];
  readonly userName: string;
}

async function scim(
  method: string,
  path: string,
  payload?: unknown,
  bearer: string | null = token,
  type = 'application/scim+json',
) {
  const answer = await calls.registration.app.inject({
    method: method as 'GET',
    url: `/scim/v2${path}`,
    headers: {
      host: 'localhost',
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      ...(payload === undefined ? {} : { 'content-type': type }),
    },
    ...(payload === undefined ? {} : { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
  });
  expect([path, answer.headers['content-type']]).toEqual([path, expect.stringMatching(/^application\/scim\+json/)]);
  const body = answer.json<Resource>();
  if (answer.statusCode >= 400) {
    expect(body).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(answer.statusCode),
      ...(body.scimType ? { scimType: body.scimType } : {}),
      detail: expect.stringMatching(/\S/),
    });
  }
  return { status: answer.statusCode, body };
}

const patch = (...Operations: unknown[]): object => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
const user = (members: object): object => ({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], ...members });
const OFF = patch({ op: 'replace', path: 'active', value: false });

async function leftAt(id: string): Promise<unknown> {
  return ((await calls.call('operator', 'GET', `/api/v1/people/${id}`)).body as unknown as { leftAt: unknown }).leftAt;
}

describe('a person who is set to not active', () => {
  it.each<[string, string, (email: string) => object]>([
    ['by a path', 'PATCH', () => OFF],
    ['in an object, as Okta does', 'PATCH', () => patch({ op: 'replace', value: { active: false } })],
    ['as a text, as Entra ID does', 'PATCH', () => patch({ op: 'Replace', path: 'active', value: 'False' })],
    [
      'by a replacement',
      'PUT',
      (userName) => user({ userName, active: false, displayName: 'Somebody Else', roles: [{ value: 'operator' }] }),
    ],
  ])('%s has left: in the registry, and declared by the feed', async (_name, method, body) => {
    const { id, email } = await employee();
    const answer = await scim(method, `/Users/${id}`, body(email));
    expect([answer.status, answer.body.active, answer.body.id]).toEqual([200, false, id]);
    const record = (await calls.call('operator', 'GET', `/api/v1/people/${id}`)).body as unknown as Record<
      string,
      unknown
    >;
    expect(record).toMatchObject({ displayName: expect.stringMatching(/^Rongo/), leftAt: expect.any(String) });
    const events = await calls.call('operator', 'GET', `/api/v1/life-events?person=${id}`);
    expect(events.body.items).toMatchObject([{ kind: 'leaver', declaredBy: `hr-feed:${feed}`, state: 'carried-out' }]);
    const again = await scim('PATCH', `/Users/${id}`, OFF);
    expect([again.status, again.body.active]).toEqual([200, false]);
    const back = await scim('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'active', value: true }));
    expect([back.status, back.body.scimType, back.body.detail]).toEqual([
      400,
      'mutability',
      expect.stringMatching(/with evidence/),
    ]);
  });

  it('takes application/json too, and stays active when nothing changes', async () => {
    const { id, email } = await employee();
    const on = await scim('PUT', `/Users/${id}`, user({ userName: email, active: true }), token, 'application/json');
    expect([on.status, on.body.active, await leftAt(id)]).toEqual([200, true, null]);
  });

  it('beyond the cap waits for a person, once, and is active until then', async () => {
    const small = await newFeed({ dailyCap: 0 });
    const { id } = await employee();
    for (let tries = 0; tries < 2; tries += 1) {
      const answer = await scim('PATCH', `/Users/${id}`, OFF, small.token);
      expect([answer.status, answer.body.active]).toEqual([200, true]);
    }
    const list = await calls.call('agent', 'GET', `/api/v1/hr-reports?waiting=true&feed=${small.feed}`);
    expect(list.body.items).toMatchObject([{ personId: id, waitsFor: 'daily-cap', eventId: null }]);
    const confirmed = await calls.call('agent', 'POST', `/api/v1/hr-reports/${list.body.items[0]?.id}/confirm`, {
      confirm: true,
    });
    expect([confirmed.status, (await scim('GET', `/Users/${id}`)).body.active]).toEqual([201, false]);
  });
});

describe('what a feed reads', () => {
  it('is the people of its agency and nobody else', async () => {
    const mine = await employee();
    const shown = await scim('GET', `/Users/${mine.id}`);
    expect([shown.status, shown.body]).toEqual([
      200,
      expect.objectContaining({ userName: mine.email, externalId: mine.number, active: true }),
    ]);
    const others = calls.person['alan.hunt@dpmc.govt.nz'] ?? '';
    expect((await scim('GET', `/Users/${others}`)).status).toBe(404);
    expect((await scim('PATCH', `/Users/${others}`, OFF)).status).toBe(404);
    expect(await leftAt(others)).toBeNull();
    const all = await scim('GET', '/Users?count=200');
    expect(all.body.Resources.map(({ id }) => id)).not.toContain(others);
    expect(all.body.Resources.every(({ userName }) => userName.endsWith('treasury.govt.nz'))).toBe(true);
    expect(all.body.totalResults).toBe(all.body.Resources.length);
  });

  it('is found by address and number, and read by pages', async () => {
    const { id, email, number } = await employee();
    for (const filter of [
      `userName eq "${email.toUpperCase()}"`,
      `externalId eq "${number}"`,
      `emails eq "${email}"`,
      `id eq "${id}"`,
    ]) {
      const found = await scim('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect([filter, found.body.totalResults, found.body.Resources[0]?.id]).toEqual([filter, 1, id]);
    }
    const none = await scim('GET', `/Users?filter=${encodeURIComponent('userName eq "nobody@treasury.govt.nz"')}`);
    expect([none.status, none.body.totalResults, none.body.Resources]).toEqual([200, 0, []]);
    const { totalResults } = (await scim('GET', '/Users?count=0')).body;
    const ids: string[] = [];
    for (let startIndex = 1; startIndex <= totalResults; startIndex += 3) {
      const page = await scim('GET', `/Users?startIndex=${startIndex}&count=3`);
      ids.push(...page.body.Resources.map((one) => one.id));
    }
    expect([ids.length, new Set(ids).size]).toEqual([totalResults, totalResults]);
  });

  it('says what it can do', async () => {
    expect((await scim('GET', '/ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
    });
    expect((await scim('GET', '/ResourceTypes')).body).toMatchObject({ Resources: [{ endpoint: '/Users' }] });
    const schemas = await scim('GET', '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User');
    const { attributes } = schemas.body as unknown as { attributes: { name: string; mutability: string }[] };
    expect(attributes.filter(({ mutability }) => mutability !== 'readOnly').map(({ name }) => name)).toEqual([
      'active',
    ]);
  });
});

describe('what is refused, in SCIM’s words', () => {
  it.each<[string, string, string, unknown, number, string | undefined]>([
    ['a new user', 'POST', '/Users', user({ userName: 'mallory@treasury.govt.nz' }), 501, undefined],
    ['a user removed', 'DELETE', '/Users/SUSAN', undefined, 501, undefined],
    ['a group', 'POST', '/Groups', {}, 404, undefined],
    ['many at once', 'POST', '/Bulk', {}, 404, undefined],
    ['a user who is none', 'GET', '/Users/ZZZZZZZZZZZZZZZZ', undefined, 404, undefined],
    ['a path out of here', 'GET', '/Users/..%2f..%2fetc', undefined, 400, undefined],
    ['an id that is none', 'GET', '/Users/me', undefined, 404, undefined],
    [
      'another name',
      'PATCH',
      '/Users/SUSAN',
      patch({ op: 'replace', path: 'userName', value: 'x@treasury.govt.nz' }),
      400,
      'mutability',
    ],
    [
      'an end and another name',
      'PATCH',
      '/Users/SUSAN',
      patch({ op: 'replace', value: { active: false, displayName: 'X' } }),
      400,
      'mutability',
    ],
    ['no operation', 'PATCH', '/Users/SUSAN', patch(), 400, 'invalidSyntax'],
    [
      'a value that is none',
      'PATCH',
      '/Users/SUSAN',
      patch({ op: 'replace', path: 'active', value: 'maybe' }),
      400,
      'invalidValue',
    ],
    ['no JSON', 'PATCH', '/Users/SUSAN', '{', 400, undefined],
    ['a member twice', 'PATCH', '/Users/SUSAN', '{"schemas":[],"schemas":[]}', 400, undefined],
    ['a filter', 'GET', '/Users?filter=active%20eq%20false', undefined, 400, 'invalidFilter'],
    ['two filters', 'GET', '/Users?filter=id%20eq%20%22a%22&filter=id%20eq%20%22b%22', undefined, 400, 'invalidFilter'],
    ['a page', 'GET', '/Users?count=all', undefined, 400, 'invalidValue'],
  ])('%s', async (_name, method, path, body, status, scimType) => {
    const susan = calls.person['susan.grant@treasury.govt.nz'] ?? '';
    const answer = await scim(method, path.replace('SUSAN', susan), body);
    expect([answer.status, answer.body.scimType]).toEqual([status, scimType]);
    expect(await leftAt(susan)).toBeNull();
  });

  it('without a token of a feed in force', async () => {
    const { id } = await employee();
    const operator = calls.authorization('operator').slice('Bearer '.length);
    for (const bearer of [null, 'x', operator, `see_${'A'.repeat(43)}`]) {
      expect([bearer, (await scim('PATCH', `/Users/${id}`, OFF, bearer)).status]).toEqual([bearer, 401]);
      expect((await scim('GET', '/ServiceProviderConfig', undefined, bearer)).status).toBe(401);
    }
    const gone = await newFeed();
    expect((await scim('GET', '/Users?count=1', undefined, gone.token)).status).toBe(200);
    await calls.call('operator', 'POST', `/api/v1/hr-feeds/${gone.feed}/revoke`, { reason: 'token in a log' });
    expect((await scim('PATCH', `/Users/${id}`, OFF, gone.token)).status).toBe(401);
    // Neither does it read any more.
    expect((await scim('GET', '/Users?count=1', undefined, gone.token)).status).toBe(401);
    const short = await newFeed({ days: 1 });
    calls.registration.clock = () => new Date(Date.now() + 86_401_000);
    expect((await scim('GET', '/Users?count=1', undefined, short.token)).status).toBe(401);
    calls.registration.clock = () => new Date();
    expect(await leftAt(id)).toBeNull();
  });

  it('and a token of a feed opens nothing else', async () => {
    const headers = { host: 'localhost', authorization: `Bearer ${token}` };
    for (const url of ['/api/v1/people', '/api/v1/orders', '/api/v1/hr-feeds', '/api/v1/status'])
      expect([url, (await calls.registration.app.inject({ url, headers })).statusCode]).toEqual([url, 401]);
    const order = { method: 'POST', url: '/api/v1/orders', headers, payload: calls.wish() } as const;
    expect((await calls.registration.app.inject(order)).statusCode).toBe(401);
  });
});
