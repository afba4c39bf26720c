import type { App } from '@see/http';
import { SYNCED } from '@see/statement/sample-passkey';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConsoleBrowser } from '../support/console-browser.ts';
import { openSignInCalls, type SignInCalls } from '../support/sign-in-calls.ts';
import { registrationOf, type SoftwarePasskey, softwarePasskey, touchOf } from '../support/software-authenticator.ts';
import { propose } from '../support/statements.ts';

let on: SignInCalls;

beforeAll(async () => {
  on = await openSignInCalls();
});
afterEach(() => {
  on.later(0);
});
afterAll(() => on?.close());

describe('passkeys', () => {
  it('are registered by a link, once, by whom it is for, and open sessions', async () => {
    const secret = await on.link(on.mere());
    const one = on.browser();
    const { displayName, options } = await on.begin(one, secret);
    expect(displayName).toBe('Mere Tahana');
    const stored = await on.world.owner.selectFrom('sign_in_links').selectAll().execute();
    expect(JSON.stringify(stored)).not.toContain(secret);
    const key = softwarePasskey();
    key.userHandle = options.user.id;
    expect(Buffer.from(key.userHandle, 'base64url').toString('latin1')).not.toContain(on.mere());
    const racers = [on.browser(), on.browser()];
    const answers = await Promise.all(
      racers.map(async (racer, index) => {
        const mine = index === 0 ? key : softwarePasskey();
        const begun = await on.begin(racer, secret);
        return racer.post('/console/passkey', {
          label: 'blue key',
          ...registrationOf(mine, begun.options.challenge, on.party()),
        });
      }),
    );
    expect(answers.map(({ status }) => status).toSorted()[0]).toBe(201);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const late = await one.post('/console/passkey', {
      label: 'x',
      ...registrationOf(key, options.challenge, on.party()),
    });
    expect([late.status, late.json['code']]).toEqual([401, 'sign-in-refused']);
    const used = await on.browser().post('/console/passkey/challenge', { link: secret });
    expect([used.status, used.json['detail']]).toEqual([401, expect.stringContaining('not good any more')]);

    const mine = await on.registered(on.mere(), 'P-256');
    const reader = on.browser();
    expect((await on.touched(reader, mine)).json).toEqual({ next: '/console/orders' });
    expect((await reader.get('/console')).text).toContain('Mere Tahana');
    const own = await on.sessionOf(reader);
    expect((await on.sessions(on.administrator)).find(({ id }) => id === own)).toMatchObject({
      personId: on.mere(),
      role: 'operator',
      method: 'passkey',
      means: 'test key',
    });
    const { options: next } = await on.begin(on.browser(), await on.link(on.mere()));
    expect(next.excludeCredentials.map(({ id }) => id)).toContain(mine.passkey);
    expect((await on.audit('access.passkey-registered'))[0]?.detail).toMatchObject({
      algorithm: -7,
      label: 'test key',
    });
  });

  it('are not registered by a link that is a day old, is made up, or by others than administrators', async () => {
    const secret = await on.link(on.mere());
    on.later(24 * 60 + 1);
    expect((await on.browser().post('/console/passkey/challenge', { link: secret })).status).toBe(401);
    on.later(0);
    expect((await on.browser().post('/console/passkey/challenge', { link: 'A'.repeat(43) })).status).toBe(401);
    for (const who of ['operator', 'auditor', 'agent'] as const) {
      expect((await on.calls.call(who, 'POST', `/api/v1/people/${on.mere()}/sign-in-links`, {})).status).toBe(403);
    }
    const nobody = await on.call(on.administrator, 'POST', '/api/v1/people/0000000000000000/sign-in-links', {});
    expect(nobody).toMatchObject({ status: 404 });
  });

  it.each<[string, Parameters<typeof registrationOf>[3], string]>([
    ['another origin', { clientData: { origin: 'https://evil.test' } }, 'wrong-origin'],
    ['a frame of another page', { clientData: { crossOrigin: true } }, 'cross-origin'],
    ['another challenge', { clientData: { challenge: 'A'.repeat(43) } }, 'wrong-challenge'],
    ['an assertion', { clientData: { type: 'webauthn.get' } }, 'wrong-type'],
    ['another RP ID', { rpId: 'evil.test' }, 'wrong-rp-id'],
    ['no verification of the user', { flags: 0x41 }, 'user-not-verified'],
    ['no presence of the user', { flags: 0x44 }, 'user-not-present'],
    ['another id than the authenticator gave', { id: 'A'.repeat(43) }, 'wrong-id'],
    [
      'an attestation with certificates',
      { format: 'packed', statement: Buffer.from('a163783563814100', 'hex') },
      'attestation',
    ],
    ['an attestation of another format', { format: 'tpm' }, 'attestation'],
  ])('are not registered with %s', async (_name, change, reason) => {
    const one = on.browser();
    const { options } = await on.begin(one, await on.link(on.mere()));
    const sent = registrationOf(softwarePasskey(), options.challenge, on.party(), change);
    const answer = await one.post('/console/passkey', { label: 'x', ...sent });
    expect([answer.status, answer.json['code']]).toEqual([401, 'sign-in-refused']);
    expect(await on.lastReason('access.passkey-registered')).toBe(reason);
  });

  it('sign nobody in with anything but a fresh, whole touch, and the answer is always the same', async () => {
    const key = await on.registered(on.mere());
    const stranger = { ...softwarePasskey(), userHandle: key.userHandle };
    const cases: readonly (readonly [string, Parameters<typeof touchOf>[3], SoftwarePasskey?])[] = [
      ['wrong-origin', { clientData: { origin: 'https://evil.test' } }],
      ['wrong-origin', { clientData: { origin: on.world.instance.urls.desk } }],
      ['cross-origin', { clientData: { crossOrigin: true } }],
      ['cross-origin', { clientData: { topOrigin: 'https://evil.test' } }],
      ['wrong-rp-id', { rpId: 'evil.test' }],
      ['user-not-verified', { flags: 0x01 }],
      ['user-not-present', { flags: 0x04 }],
      ['wrong-challenge', { clientData: { challenge: 'A'.repeat(43) } }],
      ['wrong-type', { clientData: { type: 'webauthn.create' } }],
      ['bad-signature', { privateKey: stranger.privateKey }],
      ['unknown-passkey', {}, stranger],
      ['wrong-user', {}, { ...key, userHandle: Buffer.alloc(32).toString('base64url') }],
    ];
    const details = new Set<unknown>();
    for (const [reason, change, other] of cases) {
      // Each for itself: three failures of one passkey would lock it.
      await on.world.owner.deleteFrom('sign_in_attempts').execute();
      const one = on.browser();
      const answer = await on.touched(one, other ?? key, change);
      expect([answer.status, answer.json['code'], await on.lastReason()]).toEqual([401, 'sign-in-refused', reason]);
      expect(await one.isSignedIn()).toBe(false);
      details.add(answer.json['detail']);
    }
    expect(details.size).toBe(1);
    expect((await on.touched(on.browser(), key)).status).toBe(200);
  });

  it('take each challenge once, within five minutes, in the browser that asked', async () => {
    const key = await on.registered(on.mere());
    const one = on.browser();
    const challenge = await on.challengeFor(one);
    const answer = touchOf(key, challenge, on.party(), { signCount: 1_000 });
    const ceremony = one.cookies.get('see-ceremony') ?? '';
    const thief = on.browser();
    await on.challengeFor(thief);
    expect((await thief.post('/console/sign-in/passkey', answer)).status).toBe(401);
    expect(await on.lastReason()).toBe('wrong-challenge');
    const none = on.browser();
    expect((await none.post('/console/sign-in/passkey', answer)).status).toBe(401);
    expect(await on.lastReason()).toBe('no-challenge');
    expect((await one.post('/console/sign-in/passkey', answer)).status).toBe(200);
    one.cookies.set('see-ceremony', ceremony);
    expect((await one.post('/console/sign-in/passkey', answer)).status).toBe(401);
    const slow = on.browser();
    const old = touchOf(key, await on.challengeFor(slow), on.party(), { signCount: 1_001 });
    on.later(5.1);
    expect((await slow.post('/console/sign-in/passkey', old)).status).toBe(401);
    expect(await on.lastReason()).toBe('no-challenge');
  });

  it('whose counter goes back are reported, and open a session', async () => {
    const key = await on.registered(on.mere());
    const use = async (signCount: number): Promise<number> => {
      expect((await on.touched(on.browser(), key, { signCount, flags: SYNCED })).status).toBe(200);
      return (await on.audit('access.passkey-counter')).length;
    };
    const before = await use(5_000);
    expect([await use(5_001), await use(5_001), await use(17), await use(5_002)]).toEqual([
      before,
      before + 1,
      before + 2,
      before + 2,
    ]);
    expect((await on.audit('access.passkey-counter'))[0]?.detail).toMatchObject({ before: 5_001, now: 17 });
  });

  it('of people with several roles ask which, and take no other', async () => {
    const personId = on.personOf('susan.grant@treasury.govt.nz');
    const { authority } = on.world.signer.chain;
    const scope = authority.agencies.get('dpmc');
    expect(authority.agencies.get('treasury')?.delegations.some((one) => one.personId === personId)).toBe(true);
    const grant = { personId, role: 'operator' };
    expect(await propose(on.world, 'role-grant', grant, on.world.administrators)).toBe(1);
    await on.calls.registration.ra.authority.refresh();
    const key = await on.registered(personId);
    const one = on.browser();
    const place = (await on.touched(one, key)).json['next'] as string;
    expect(place).toBe('/console/sign-in/role?next=%2Fconsole%2Forders');
    expect(await one.isSignedIn()).toBe(false);
    const page = await one.get(place);
    expect(page.text).toContain('value="operator"');
    expect(page.text).toContain('value="sponsor treasury"');
    expect(page.text).not.toContain(scope?.name ?? 'no such agency');
    const chosen = await one.form('/console/sign-in/role', { as: 'sponsor treasury', next: '/console/orders' });
    expect(chosen.location).toBe('/console/orders');
    expect((await one.get('/console')).text).toContain('sponsor');

    const greedy = on.browser();
    await on.touched(greedy, key);
    const ceremony = greedy.cookies.get('see-ceremony') ?? '';
    expect((await greedy.form('/console/sign-in/role', { as: 'administrator' })).status).toBe(401);
    greedy.cookies.set('see-ceremony', ceremony);
    expect((await greedy.form('/console/sign-in/role', { as: 'operator' })).status).toBe(401);
    expect(await greedy.isSignedIn()).toBe(false);
    expect(await propose(on.world, 'role-remove', grant, on.world.administrators)).toBe(1);
    await on.calls.registration.ra.authority.refresh();
  });

  it('are named and removed by their owner and administrators, with the sessions made with them', async () => {
    const key = await on.registered(on.mere());
    const one = on.browser();
    await on.touched(one, key);
    const listed = await on.calls.call('operator', 'GET', `/api/v1/people/${on.mere()}/sign-in-passkeys`);
    const row = await on.world.owner
      .selectFrom('sign_in_passkeys')
      .select('id')
      .where('credential_id', '=', key.passkey)
      .executeTakeFirstOrThrow();
    expect(listed.body.items.map(({ id }) => id)).toContain(row.id);
    expect(JSON.stringify(listed.body)).not.toContain(key.passkey);
    expect((await on.calls.call('operator2', 'GET', `/api/v1/people/${on.mere()}/sign-in-passkeys`)).status).toBe(404);
    const url = `/api/v1/sign-in-passkeys/${row.id}`;
    expect((await on.calls.call('operator2', 'POST', `${url}/rename`, { label: 'mine' })).status).toBe(404);
    expect((await on.calls.call('auditor', 'POST', `${url}/remove`, {})).status).toBe(404);
    expect((await on.calls.call('operator', 'POST', `${url}/rename`, { label: ' green key ' })).body).toMatchObject({
      label: 'green key',
    });
    expect((await one.get('/console/sessions')).text).toContain('green key');
    expect(await on.call(on.administrator, 'POST', `${url}/remove`, {})).toMatchObject({ state: 'removed' });
    expect(await one.isSignedIn()).toBe(false);
    expect((await on.touched(on.browser(), key)).status).toBe(401);
    expect(await on.lastReason()).toBe('unknown-passkey');
    expect(await on.call(on.administrator, 'POST', `${url}/remove`, {})).toMatchObject({ status: 404 });
  });

  it('of somebody who leaves open nothing any more', async () => {
    const personId = on.personOf('david.reid@dpmc.govt.nz');
    const key = await on.registered(personId);
    const one = on.browser();
    expect((await on.touched(one, key)).status).toBe(200);
    const secret = await on.link(personId);
    const left = await on.calls.call('operator', 'POST', `/api/v1/people/${personId}/life-events`, { kind: 'leaver' });
    expect(left.status).toBe(201);
    expect(await one.isSignedIn()).toBe(false);
    expect((await on.touched(on.browser(), key)).status).toBe(401);
    expect((await on.browser().post('/console/passkey/challenge', { link: secret })).status).toBe(401);
  });
});

describe('ways to sign in', () => {
  it('that are switched off are not shown, are refused, and end the sessions made by them', async () => {
    const key = await on.registered(on.mere());
    const byToken = await on.signedIn(on.calls.authorization('operator').slice(7));
    const byPasskey = on.browser();
    await on.touched(byPasskey, key);
    const onlyPasskeys = await on.another({ signIn: ['passkey'] });
    const onlyTokens = await on.another({ signIn: ['token'] });
    const as = (app: App, one: ConsoleBrowser): ConsoleBrowser => {
      const copy = on.browser(app);
      for (const [name, value] of one.cookies) copy.cookies.set(name, value);
      return copy;
    };
    expect(await as(onlyPasskeys, byToken).isSignedIn()).toBe(false);
    expect(await as(onlyPasskeys, byPasskey).isSignedIn()).toBe(true);
    expect(await as(onlyTokens, byToken).isSignedIn()).toBe(true);
    expect(await as(onlyTokens, byPasskey).isSignedIn()).toBe(false);

    const page = await on.browser(onlyPasskeys).get('/console/sign-in');
    expect([page.text.includes('name="token"'), page.text.includes('use-passkey')]).toEqual([false, true]);
    const token = on.calls.authorization('operator').slice(7);
    const refused = await on.browser(onlyPasskeys).form('/console/sign-in', { token });
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('SEE_SIGN_IN')]);
    const plain = await on.browser(onlyTokens).get('/console/sign-in');
    expect([plain.text.includes('name="token"'), plain.text.includes('use-passkey')]).toEqual([true, false]);
    for (const path of ['/console/sign-in/passkey/challenge', '/console/passkey/challenge']) {
      const answer = await on.browser(onlyTokens).post(path, path.includes('sign-in') ? {} : { link: 'A'.repeat(43) });
      expect([answer.status, answer.json['code']]).toEqual([403, 'sign-in-off']);
    }
  });

  it('by passkey are refused where the portal is not within the sealed RP ID', async () => {
    const { site, doors } = on.calls.registration.ra;
    const elsewhere = await on.another({
      doors: { ...doors, http: ['https://portal.example.nz'] },
      site: { ...site, urls: { ...site.urls, portal: 'https://portal.example.nz' } },
    });
    const headers = { host: 'portal.example.nz', accept: 'text/html' };
    const page = await elsewhere.inject({ url: '/console/sign-in', headers });
    expect([page.statusCode, page.body.includes('use-passkey')]).toEqual([200, false]);
    const link = await elsewhere.inject({
      method: 'POST',
      url: `/api/v1/people/${on.mere()}/sign-in-links`,
      headers: { ...headers, authorization: `Bearer ${on.administrator}` },
      payload: {},
    });
    expect([link.statusCode, link.json<{ detail: string }>().detail]).toEqual([
      403,
      expect.stringContaining('registered for localhost'),
    ]);
  });
});

describe('all of it', () => {
  it('failed at nothing, and let no secret into the audit trail', async () => {
    const rows = await on.world.owner.selectFrom('audit_events').selectAll().execute();
    expect(rows.length).toBeGreaterThan(50);
    expect(JSON.stringify(rows)).not.toMatch(/see_[A-Za-z0-9_-]{43}/);
    const failed = on.calls.registration.logged.filter(({ message }) => message === 'request failed');
    expect(failed.map(({ fields }) => String((fields as { error: unknown }).error).slice(0, 200))).toEqual([]);
  });
});
