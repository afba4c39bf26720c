import { randomBytes } from 'node:crypto';
import type { App } from '@see/http';
import { type OidcSettings, readOidcSettings } from '@see/process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OidcProvider } from '../../services/ra/src/oidc/oidc-provider.ts';
import type { ConsoleBrowser, Page } from '../support/console-browser.ts';
import type { OidcBehaviour } from '../support/fixture-oidc-provider.ts';
import { freePorts } from '../support/free-ports.ts';
import { TestProvider } from '../support/oidc-provider.ts';
import { openSignInCalls, type SignInCalls } from '../support/sign-in-calls.ts';
import { propose } from '../support/statements.ts';

const SECRET = 'a secret that only these two know';
let on: SignInCalls;
let provider: TestProvider;
let app: App;
let callback: string;

beforeAll(async () => {
  on = await openSignInCalls();
  callback = `${on.world.instance.urls.portal}/console/sign-in/oidc/callback`;
  provider = await TestProvider.start([callback], SECRET);
  app = await on.another({ oidc: clientOf() });
});
afterAll(async () => {
  await provider?.stop();
  await on?.close();
});

function settings(more: Readonly<Record<string, string>> = {}): OidcSettings {
  const read = readOidcSettings({
    SEE_OIDC_ISSUER: provider.issuer,
    SEE_OIDC_CLIENT_ID: 'see',
    SEE_OIDC_ACR_VALUES: 'urn:mfa',
    SEE_OIDC_NAME: 'Agency login',
    ...more,
  });
  if (!read) throw new Error('no settings');
  return read;
}

function clientOf(more: Readonly<Record<string, string>> = {}): OidcProvider {
  return new OidcProvider(settings(more), SECRET, () => on.calls.registration.clock());
}

/** Goes from our page to the provider and back to our callback; `change` alters where the provider is asked for. */
async function away(one: ConsoleBrowser, change: (url: URL) => void = () => undefined): Promise<URL> {
  const sent = await one.get('/console/sign-in/oidc?next=/console/orders');
  expect(sent.status, sent.text).toBe(303);
  const url = new URL(sent.location ?? '');
  change(url);
  return provider.visit(url.href, callback);
}

/** Comes back with what the provider gave: the page in between, then what it leads to. */
async function back(one: ConsoleBrowser, answer: URL): Promise<Page> {
  const page = await one.get(`${answer.pathname}${answer.search}`);
  expect(page.status, page.text).toBe(200);
  const [, onward = ''] = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(page.text) ?? [];
  return one.get(onward.replaceAll('&amp;', '&'));
}

async function signIn(one: ConsoleBrowser): Promise<Page> {
  return back(one, await away(one));
}

async function addAccount(personId: string, subject: string): Promise<string> {
  const made = await app.inject({
    method: 'POST',
    url: `/api/v1/people/${personId}/sign-in-accounts`,
    headers: { host: 'localhost', authorization: `Bearer ${on.administrator}` },
    payload: { subject },
  });
  expect(made.statusCode, made.body).toBe(201);
  return made.json<{ id: string }>().id;
}

describe('signing in by an account at a provider', () => {
  it('is offered by name, and opens a session of the person whose account it is', async () => {
    await addAccount(on.mere(), 'mere-at-agency');
    await provider.behave({ subject: 'mere-at-agency', acr: 'urn:mfa' });
    const one = on.browser(app);
    expect((await one.get('/console/sign-in')).text).toContain('Sign in with Agency login');
    const done = await signIn(one);
    expect([done.status, done.location]).toEqual([303, '/console/orders']);
    expect(await one.isSignedIn()).toBe(true);
    const mine = (await on.sessions(on.administrator)).find(({ method }) => method === 'oidc');
    expect(mine).toMatchObject({ personId: on.mere(), role: 'operator', means: 'mere-at-agency' });
    const listed = await on.call(on.administrator, 'GET', `/api/v1/people/${on.mere()}/sign-in-accounts`);
    expect(listed.items).toMatchObject([{ subject: 'mere-at-agency', issuer: provider.issuer }]);
    expect((listed.items[0] as unknown as { lastUsedAt: string | null }).lastUsedAt).not.toBeNull();
  });

  it('asks for PKCE, state, nonce, acr and a fresh sign-in, and for nothing about the person', async () => {
    const sent = await on.browser(app).get('/console/sign-in/oidc');
    const asked = Object.fromEntries(new URL(sent.location ?? '').searchParams);
    expect(asked).toMatchObject({
      client_id: 'see',
      redirect_uri: callback,
      response_type: 'code',
      scope: 'openid',
      code_challenge_method: 'S256',
      acr_values: 'urn:mfa',
      max_age: '600',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]?.length).toBeGreaterThan(40);
  });

  it('asks who has several roles in which they come', async () => {
    const helen = on.personOf('helen.marsh@ssc.govt.nz');
    const grant = { personId: helen, role: 'operator' };
    expect(await propose(on.world, 'role-grant', grant, on.world.administrators)).toBe(1);
    await on.calls.registration.ra.authority.refresh();
    await addAccount(helen, 'helen-at-agency');
    await provider.behave({ subject: 'helen-at-agency', acr: 'urn:mfa' });
    const one = on.browser(app);
    const asked = await signIn(one);
    expect(asked.location).toContain('/console/sign-in/role');
    expect(await one.isSignedIn()).toBe(false);
    expect((await one.get('/console/sign-in/role')).text).toContain('value="sponsor ssc"');
    const chosen = await one.form('/console/sign-in/role', { as: 'sponsor ssc' });
    expect(chosen.status).toBe(303);
    expect(await one.isSignedIn()).toBe(true);
  });

  it('refuses an account that is nobody’s, and says its name to whom it belongs', async () => {
    const subject = `stranger-${randomBytes(4).toString('hex')}`;
    await provider.behave({
      subject,
      acr: 'urn:mfa',
      claims: { email: 'mere.tahana@ssc.govt.nz', email_verified: true },
    });
    const one = on.browser(app);
    const refused = await signIn(one);
    expect(refused.status).toBe(401);
    expect(refused.text).toContain(subject);
    expect(await one.isSignedIn()).toBe(false);
    expect((await on.audit('access.sign-in'))[0]?.detail).toEqual({ reason: 'unknown-account', subject });
    for (const want of [401, 401, 429]) expect((await signIn(on.browser(app))).status).toBe(want);
  });
});

describe('an answer', () => {
  const good: OidcBehaviour = { subject: 'mere-at-agency', acr: 'urn:mfa' };
  const past = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds;

  it.each<readonly [string, OidcBehaviour, string]>([
    ['of a weaker sign-in', { ...good, acr: 'urn:password' }, 'wrong-acr'],
    ['without acr', { ...good, claims: { acr: null } }, 'wrong-acr'],
    ['with a list of acr', { ...good, claims: { acr: ['urn:mfa'] } }, 'wrong-acr'],
    ['for another audience', { ...good, claims: { aud: 'other' } }, 'wrong-aud'],
    [
      'for two audiences, another of them authorized',
      { ...good, claims: { aud: ['see', 'other'], azp: 'other' } },
      'wrong-azp',
    ],
    ['of another issuer', { ...good, claims: { iss: 'https://login.example.nz' } }, 'wrong-iss'],
    ['with another nonce', { ...good, claims: { nonce: 'x'.repeat(43) } }, 'wrong-nonce'],
    ['without a nonce', { ...good, claims: { nonce: null } }, 'wrong-nonce'],
    ['that is over', { ...good, claims: { exp: past(120), iat: past(3_600) } }, 'wrong-exp'],
    ['of a sign-in long ago', { ...good, claims: { auth_time: past(900) } }, 'wrong-auth-time'],
    ['without the time of the sign-in', { ...good, claims: { auth_time: null } }, 'wrong-auth-time'],
    ['that is not signed', { ...good, claims: {}, signature: 'none' }, 'wrong-alg'],
    ['that is signed with the shared secret', { ...good, claims: {}, signature: 'HS256' }, 'wrong-alg'],
    ['that is signed with an algorithm that is not allowed', { ...good, claims: {}, signature: 'RS256' }, 'wrong-alg'],
    ['that is signed by another key', { ...good, claims: {}, signature: 'other-key' }, 'wrong-signature'],
  ])('%s opens nothing', async (_name, behaviour, reason) => {
    await provider.behave(behaviour);
    const one = on.browser(app);
    const refused = await signIn(one);
    expect([refused.status, await one.isSignedIn()]).toEqual([401, false]);
    expect(await on.lastReason()).toBe(reason);
    if (behaviour.acr !== 'urn:mfa') expect(refused.text).toContain('not by a way that is strong enough');
  });

  it('that is signed again by the provider’s own key is taken, so the cases above fail for their own reasons', async () => {
    await provider.behave({ ...good, claims: {} });
    expect((await signIn(on.browser(app))).status).toBe(303);
  });

  it('counts once, in the browser that was sent, with its own state, and within five minutes', async () => {
    await provider.behave(good);
    const one = on.browser(app);
    const answer = await away(one);
    const before = one.cookies.get('see-ceremony') ?? '';
    expect((await back(on.browser(app), answer)).status).toBe(401);
    expect((await back(one, answer)).status).toBe(303);
    one.cookies.set('see-ceremony', before);
    expect((await back(one, answer)).status).toBe(401);
    expect(await on.lastReason()).toBe('no-ceremony');

    const other = on.browser(app);
    const wrong = await away(other);
    wrong.searchParams.set('state', 'x'.repeat(43));
    expect((await back(other, wrong)).status).toBe(401);
    expect(await on.lastReason()).toBe('wrong-state');

    const late = on.browser(app);
    const answered = await away(late);
    on.later(6);
    expect((await back(late, answered)).status).toBe(401);
    on.later(0);
    expect(await on.lastReason()).toBe('no-ceremony');
  });

  it('with somebody else’s code opens nothing: the code goes with the verifier and the nonce', async () => {
    await provider.behave(good);
    const [one, other] = [on.browser(app), on.browser(app)];
    const [mine, theirs] = [await away(one), await away(other)];
    mine.searchParams.set('code', theirs.searchParams.get('code') ?? '');
    expect((await back(one, mine)).status).toBe(401);
    expect(await on.lastReason()).toBe('token-invalid-grant');
    const third = on.browser(app);
    const changed = await away(third, (url) => url.searchParams.set('nonce', 'y'.repeat(43)));
    expect((await back(third, changed)).status).toBe(401);
    expect(await on.lastReason()).toBe('wrong-nonce');
    const fourth = on.browser(app);
    const forOther = await away(fourth, (url) => url.searchParams.set('client_id', 'other'));
    expect((await back(fourth, forOther)).status).toBe(401);
    expect(await on.lastReason()).toBe('token-invalid-grant');
  });

  it('cannot be replayed at the provider either', async () => {
    await provider.behave(good);
    const client = clientOf();
    const { url, ...sent } = await client.begin(callback);
    const answer = await provider.visit(url.href, callback);
    const ceremony = { ...sent, redirectUri: callback };
    expect(await client.finish(answer.searchParams, ceremony)).toEqual({ subject: 'mere-at-agency' });
    expect(await client.finish(answer.searchParams, ceremony)).toEqual({ fault: 'token-invalid-grant' });
  });

  it('that says no is said in words', async () => {
    const one = on.browser(app);
    const sent = await one.get('/console/sign-in/oidc');
    const state = new URL(sent.location ?? '').searchParams.get('state') ?? '';
    const answer = new URL(callback);
    answer.search = new URLSearchParams({ error: 'access_denied', state, iss: provider.issuer }).toString();
    const refused = await back(one, answer);
    expect([refused.status, refused.text.includes('You cancelled')]).toEqual([401, true]);
  });
});

describe('an account', () => {
  it('is one person’s, is added by administrators alone, and ends its sessions when it is removed', async () => {
    const [first, second] = [on.mere(), on.personOf('thomas.fisher@ssc.govt.nz')];
    const id = await addAccount(second, 'thomas-at-agency');
    const twice = await app.inject({
      method: 'POST',
      url: `/api/v1/people/${first}/sign-in-accounts`,
      headers: { host: 'localhost', authorization: `Bearer ${on.administrator}` },
      payload: { subject: 'thomas-at-agency' },
    });
    expect([twice.statusCode, twice.json<{ code: string }>().code]).toEqual([409, 'already-exists']);
    await provider.behave({ subject: 'thomas-at-agency', acr: 'urn:mfa' });
    const one = on.browser(app);
    expect((await signIn(one)).status).toBe(303);
    const url = `/api/v1/sign-in-accounts/${id}/remove`;
    expect((await on.calls.call('operator', 'POST', url, {})).status).toBe(404);
    expect(await one.isSignedIn()).toBe(true);
    expect((await on.calls.call('operator2', 'POST', url, {})).status).toBe(200);
    expect(await one.isSignedIn()).toBe(false);
    const ended = on.world.owner.selectFrom('sessions').select('end_reason').where('identity_id', '=', id);
    expect(await ended.execute()).toEqual([{ end_reason: 'withdrawn' }]);
    expect((await signIn(on.browser(app))).status).toBe(401);
    expect(await on.lastReason()).toBe('unknown-account');
    expect((await on.audit('access.account-removed'))[0]).toMatchObject({ object_id: second });
    await addAccount(second, 'thomas-at-agency');
  });

  it('is removed when its person leaves', async () => {
    const grace = on.personOf('grace.liu@treasury.govt.nz');
    await addAccount(grace, 'grace-at-agency');
    const left = await on.calls.call('agent', 'POST', `/api/v1/people/${grace}/life-events`, { kind: 'leaver' });
    expect(left.status, JSON.stringify(left.body)).toBe(201);
    const listed = await on.call(on.administrator, 'GET', `/api/v1/people/${grace}/sign-in-accounts`);
    expect(listed.items).toEqual([]);
  });
});

describe('a provider', () => {
  it('that is away, broken or of weak signatures leaves the other ways as they are', async () => {
    const [nobody = 0] = await freePorts(1);
    const gone = await on.another({ oidc: clientOf({ SEE_OIDC_ISSUER: `https://127.0.0.1:${nobody}` }) });
    const refused = await on.browser(gone).get('/console/sign-in/oidc');
    expect([refused.status, refused.text.includes('Agency login does not answer')]).toEqual([503, true]);
    const token = on.calls.authorization('operator').slice('Bearer '.length);
    expect((await on.browser(gone).form('/console/sign-in', { token })).status).toBe(303);
    await provider.behave({ subject: 'mere-at-agency', acr: 'urn:mfa', broken: 500 });
    const patient = '198.51.100.77';
    for (let tried = 0; tried < 3; tried++) expect((await signIn(on.browser(app, patient))).status).toBe(503);
    const counted = await on.world.owner
      .selectFrom('sign_in_attempts')
      .select('id')
      .where('subject', '=', `address ${patient}`)
      .execute();
    expect(counted).toEqual([]);
    const weak = await on.another({ oidc: clientOf({ SEE_OIDC_ALGORITHMS: 'PS384' }) });
    const unusable = await on.browser(weak).get('/console/sign-in/oidc');
    expect([unusable.status, unusable.text.includes('SEE_OIDC_ALGORITHMS')]).toEqual([503, true]);
  });

  it('that is switched off, or not set up, is not shown and opens nothing; its sessions end', async () => {
    await provider.behave({ subject: 'mere-at-agency', acr: 'urn:mfa' });
    const one = on.browser(app);
    expect((await signIn(one)).status).toBe(303);
    const off = await on.another({ oidc: clientOf(), signIn: ['passkey', 'token'] });
    const there = on.browser(off);
    there.cookies.set('see-session', one.cookies.get('see-session') ?? '');
    expect([await one.isSignedIn(), await there.isSignedIn()]).toEqual([true, false]);
    for (const each of [off, on.calls.registration.app]) {
      const stranger = on.browser(each);
      expect((await stranger.get('/console/sign-in')).text).not.toContain('Agency login');
      for (const path of ['', '/callback', '/finish']) {
        expect((await stranger.get(`/console/sign-in/oidc${path}`)).status).toBe(403);
      }
    }
    const from = await app.inject({
      url: '/console/sign-in/oidc',
      headers: { host: 'localhost', accept: 'text/html', 'sec-fetch-site': 'cross-site' },
    });
    expect(from.statusCode).toBe(403);
  });
});

describe('the schema', () => {
  it('refuses a session for somebody else than whose account it is, and an account that comes back', async () => {
    const [identity] = await on.world.owner
      .selectFrom('sign_in_identities')
      .select(['id', 'person_id'])
      .where('removed_at', 'is', null)
      .where('person_id', '=', on.mere())
      .execute();
    const insert = (personId: string): Promise<unknown> =>
      on.world.ra
        .insertInto('sessions')
        .values({
          id_sha256: new Uint8Array(randomBytes(32)),
          person_id: personId,
          role: 'operator',
          method: 'oidc',
          identity_id: identity?.id ?? '',
          csrf: 'x'.repeat(43),
          created_at: new Date(),
          last_seen_at: new Date(),
        })
        .execute();
    await expect(insert(on.personOf('thomas.fisher@ssc.govt.nz'))).rejects.toMatchObject({ code: 'SE028' });
    await insert(on.mere());
    const back = on.world.ra
      .updateTable('sign_in_identities')
      .set({ removed_at: null })
      .where('removed_at', 'is not', null)
      .execute();
    await expect(back).rejects.toMatchObject({ code: 'SE027' });
  });
});
