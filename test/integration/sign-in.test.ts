import { createHash } from 'node:crypto';
import type { App } from '@see/http';
import { tokenDigest } from '@see/http';
import { signDigest, statementDigest } from '@see/statement';
import { BOUND } from '@see/statement/sample-passkey';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endSessionsWithoutRole } from '../../services/ra/src/sign-in/end-sessions.ts';
import type { Page } from '../support/console-browser.ts';
import { openSignInCalls, type SignInCalls } from '../support/sign-in-calls.ts';
import { propose } from '../support/statements.ts';
import { asSuperuser } from '../support/superuser.ts';

let on: SignInCalls;

beforeAll(async () => {
  on = await openSignInCalls();
});
afterEach(() => {
  on.later(0);
});
afterAll(() => on?.close());

describe('sessions', () => {
  it('are listed by a name that opens nothing: all to administrators and auditors, to others their own', async () => {
    const one = await on.signedIn(on.calls.authorization('operator').slice(7));
    const other = await on.signedIn(on.calls.authorization('operator2').slice(7));
    const id = await on.sessionOf(one);
    const cookie = one.cookies.get('see-session') ?? '';
    expect(cookie).toHaveLength(43);
    const own = await on.call(on.calls.authorization('operator').slice(7), 'GET', '/api/v1/sessions');
    expect(own.items).toMatchObject([
      { id, personId: on.mere(), role: 'operator', method: 'token', means: 'test operator' },
    ]);
    expect(JSON.stringify(own)).not.toContain(cookie);
    expect(JSON.stringify(own)).not.toContain(createHash('sha256').update(cookie).digest('hex'));
    for (const token of [on.administrator, on.calls.authorization('auditor').slice(7)]) {
      const ids = (await on.sessions(token)).map((session) => session.id);
      expect(ids).toEqual(expect.arrayContaining([id, await on.sessionOf(other)]));
      expect(new Set(ids).size).toBe(ids.length);
    }
    const stolen = on.browser();
    stolen.cookies.set('see-session', id.replaceAll('-', '').padEnd(43, 'A'));
    expect(await stolen.isSignedIn()).toBe(false);
  });

  it('are ended by their owner and by administrators, and by nobody else', async () => {
    const twice = await on.signedIn(on.calls.authorization('operator').slice(7));
    const before = twice.cookies.get('see-session') ?? '';
    await twice.form('/console/sign-in', { token: on.administrator });
    const old = on.browser();
    old.cookies.set('see-session', before);
    expect([await twice.isSignedIn(), await old.isSignedIn()]).toEqual([true, false]);
    const [mine, other, third] = await Promise.all(
      ['operator', 'operator2', 'operator2'].map((who) =>
        on.signedIn(on.calls.authorization(who as 'operator').slice(7)),
      ),
    );
    if (!mine || !other || !third) throw new Error('no sessions');
    const url = `/api/v1/sessions/${await on.sessionOf(other)}/end`;
    for (const who of ['operator', 'auditor', 'agent'] as const) {
      expect((await on.calls.call(who, 'POST', url, {})).status).toBe(404);
    }
    expect(await other.isSignedIn()).toBe(true);
    expect(await on.call(on.administrator, 'POST', url, {})).toMatchObject({ status: 200, state: 'ended' });
    expect(await other.isSignedIn()).toBe(false);
    expect(await on.call(on.administrator, 'POST', url, {})).toMatchObject({ status: 404 });
    const page = await third.get('/console/sessions');
    expect(page.text).toContain(`/console/sessions/${await on.sessionOf(third)}/end`);
    expect(page.text).not.toContain(await on.sessionOf(mine));
    await mine.press('/console/sessions', `/console/sessions/${await on.sessionOf(mine)}/end`);
    expect(await mine.isSignedIn()).toBe(false);
    expect((await on.audit('access.session-ended')).map(({ detail }) => detail['reason'])).toEqual([
      'ended',
      'ended',
      'signed-out',
    ]);
  });

  it('end after ten minutes without use, and after eight hours whatever happens', async () => {
    const one = await on.signedIn(on.calls.authorization('operator').slice(7));
    on.later(9);
    expect(await one.isSignedIn()).toBe(true);
    on.later(18);
    expect(await one.isSignedIn()).toBe(true);
    on.later(28.1);
    expect(await one.isSignedIn()).toBe(false);
    on.later(0);
    const busy = await on.signedIn(on.calls.authorization('operator').slice(7));
    for (let minutes = 9; minutes < 480; minutes += 9) {
      on.later(minutes);
      expect(await busy.isSignedIn()).toBe(true);
    }
    on.later(481);
    expect(await busy.isSignedIn()).toBe(false);
  });

  it('end at once with the role, and do not come back with it', async () => {
    const subject = { personId: on.personOf('grace.liu@treasury.govt.nz'), role: 'ca-operations' };
    const grant = async (kind: string): Promise<void> => {
      expect(await propose(on.world, kind, subject, on.world.administrators)).toBe(1);
      await on.calls.registration.ra.authority.refresh();
    };
    await grant('role-grant');
    const token = await on.calls.registration.token('ca-operations', subject.personId);
    const [seen, unseen] = [await on.signedIn(token), await on.signedIn(token)];
    await grant('role-remove');
    const ended = async (): Promise<number> =>
      (await on.audit('access.session-ended')).filter(({ detail }) => detail['reason'] === 'role-ended').length;
    expect([await seen.isSignedIn(), await ended()]).toEqual([false, 1]);
    await endSessionsWithoutRole(on.calls.registration.ra);
    await grant('role-grant');
    expect([await seen.isSignedIn(), await unseen.isSignedIn()]).toEqual([false, false]);
    expect(await ended()).toBe(2);
    const again = await on.signedIn(token);
    await on.world.owner
      .updateTable('tokens')
      .set({ revoked_at: new Date() })
      .where('person_id', '=', subject.personId)
      .execute();
    expect(await again.isSignedIn()).toBe(false);
  });

  it('are for whom their token or passkey belongs to, which the schema holds', async () => {
    const one = await on.signedIn(on.calls.authorization('operator').slice(7));
    const id = await on.sessionOf(one);
    const forge = (change: string): Promise<unknown> =>
      sql
        .raw(`insert into sessions (id_sha256, person_id, role, agency_id, method, token_id, csrf)
          select '\\x00'::bytea, ${change}, agency_id, method, token_id, csrf from sessions where id = '${id}'`)
        .execute(on.world.ra);
    await expect(forge(`'${on.personOf('aroha.ngata@ssc.govt.nz')}', role`)).rejects.toMatchObject({ code: 'SE014' });
    await expect(forge(`person_id, 'administrator'`)).rejects.toMatchObject({ code: 'SE014' });
    await sql.raw(`update sessions set ended_at = now() where id = '${id}'`).execute(on.world.ra);
    // As a service of the version before writes it, while an update is under way.
    await sql
      .raw(
        `insert into sessions (id_sha256, token_id, csrf) select '\\x01'::bytea, token_id, csrf from sessions where id = '${id}'`,
      )
      .execute(on.world.ra);
    const columns = sql`select person_id, role, method from sessions where id_sha256 = '\\x01'::bytea`;
    expect((await columns.execute(on.world.owner)).rows).toEqual([
      { person_id: on.mere(), role: 'operator', method: 'token' },
    ]);
    const revive = sql.raw(`update sessions set ended_at = null where id = '${id}'`).execute(on.world.ra);
    await expect(revive).rejects.toMatchObject({ code: 'SE014' });
  });
});

describe('failures', () => {
  const attempt = (app: App | undefined, token: string, address?: string): Promise<Page> =>
    on.browser(app, address).form('/console/sign-in', { token });

  it('lock a credential for a quarter of an hour, whether or not it exists, in every process', async () => {
    const expired = await on.calls.registration.token('operator', on.mere());
    await on.world.owner
      .updateTable('tokens')
      .set({ expires_at: new Date(Date.now() - 60_000) })
      .where('secret_sha256', '=', tokenDigest(expired))
      .execute();
    const unknown = `see_${'B'.repeat(43)}`;
    const restarted = await on.another();
    const said: string[][] = [];
    for (const token of [expired, unknown]) {
      const answers = [];
      for (let count = 0; count < 3; count += 1) answers.push(await attempt(undefined, token));
      answers.push(await attempt(restarted, token));
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
      const wait = Number(answers[3]?.headers['retry-after']);
      expect([wait > 890, wait <= 900]).toEqual([true, true]);
      const words = (page: Page | undefined): string =>
        /error-summary__list">\s*<li>(.*?)<\/li>/.exec(page?.text ?? '')?.[1] ?? page?.text ?? '';
      said.push(answers.map(words));
    }
    expect(said[0]).toEqual(said[1]);
    expect(said[0]?.[3]).toContain('Too many attempts failed');
    const { items } = await on.call(on.calls.authorization('auditor').slice(7), 'GET', '/api/v1/sign-in-locks');
    expect(items).toHaveLength(2);
    expect(JSON.stringify(items)).not.toContain(unknown);
    expect(await on.audit('access.locked')).toHaveLength(2);
    on.later(15.1);
    expect((await attempt(undefined, unknown)).status).toBe(401);
  });

  it('are counted before anything is looked at, so that many at once are no way around', async () => {
    const token = `see_${'C'.repeat(43)}`;
    const answers = await Promise.all(Array.from({ length: 12 }, () => attempt(undefined, token)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(9);
  });

  it('are forgotten by a success, of the credential that succeeded', async () => {
    const key = await on.registered(on.mere());
    for (let round = 0; round < 2; round += 1) {
      for (let count = 0; count < 2; count += 1) {
        expect((await on.touched(on.browser(), key, { flags: 0x01 })).status).toBe(401);
      }
      expect((await on.touched(on.browser(), key, { flags: BOUND })).status).toBe(200);
    }
    for (let count = 0; count < 3; count += 1) await on.touched(on.browser(), key, { flags: 0x01 });
    expect((await on.touched(on.browser(), key)).status).toBe(429);
  });

  it('of many who succeed at once with the same token block nobody', async () => {
    const token = on.calls.authorization('operator2').slice(7);
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all([1, 2, 3].map(() => attempt(undefined, token)));
      expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    }
  });

  it('lock an address, also for who would be let in', async () => {
    const address = '198.51.100.7';
    const good = on.calls.authorization('operator').slice(7);
    const apps = [await on.another(), await on.another()];
    for (let count = 0; count < 30; count += 1) {
      const token = `see_${String(count).padStart(43, 'D')}`;
      // Two processes, because each lets an address try twenty times a minute only.
      expect((await attempt(apps[count % 2], token, address)).status).toBe(401);
    }
    const fresh = await on.another();
    const locked = await attempt(fresh, good, address);
    expect([locked.status, locked.text]).toEqual([429, expect.stringContaining('Too many attempts failed')]);
    expect((await attempt(fresh, good)).status).toBe(303);
    const { items } = await on.call(on.administrator, 'GET', '/api/v1/sign-in-locks');
    expect(items).toEqual(expect.arrayContaining([expect.objectContaining({ subject: `address ${address}` })]));
    const page = await (await on.signedIn(on.administrator)).get('/console/sessions?of=all');
    expect(page.text).toContain(`address ${address}`);
  });
});

describe('access reviews', () => {
  const age = async (days: number): Promise<void> => {
    await asSuperuser(
      on.world,
      ['authority_chain'],
      `update authority_chain set accepted_at = accepted_at - interval '${days} days'`,
    );
    await on.calls.registration.ra.reviews.refresh();
  };
  const states = async (): Promise<Record<string, string>> => {
    const { items } = await on.call(on.administrator, 'GET', '/api/v1/access-reviews');
    const all = items as unknown as readonly { personId: string; role: string; state: string }[];
    return Object.fromEntries(all.map(({ personId, role, state }) => [`${role} ${personId}`, state]));
  };
  const review = (token: string, personId: string, role: string) =>
    on.call(token, 'POST', '/api/v1/access-reviews', { personId, role, note: 'still on the team' });

  it('flag every staff role after 90 days, lock operators after 120, and let them in again', async () => {
    const reader = await on.signedIn(on.calls.authorization('operator').slice(7));
    const aroha = on.personOf('aroha.ngata@ssc.govt.nz');
    const chief = await on.signedIn(on.administrator);
    expect(Object.values(await states()).every((state) => state === 'current')).toBe(true);
    expect((await chief.get('/console')).text).not.toContain('for a review');
    await age(91);
    expect(Object.values(await states()).every((state) => state === 'due')).toBe(true);
    expect((await chief.get('/console')).text).toContain('for a review');
    expect(await reader.isSignedIn()).toBe(true);
    const order = await on.calls.call('agent', 'POST', '/api/v1/orders', on.calls.wish());
    await age(30);
    const locked = await states();
    expect([locked[`operator ${on.mere()}`], locked[`administrator ${aroha}`]]).toEqual(['locked', 'due']);

    const refused = await on.calls.call('operator', 'GET', '/api/v1/orders');
    expect([refused.status, refused.body.code]).toEqual([403, 'access-locked']);
    expect(JSON.stringify(refused.body)).toContain(`see operator review confirm ${on.mere()}`);
    const page = await reader.get('/console');
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('review confirm')]);
    const key = await on.registered(on.mere());
    const touch = await on.touched(on.browser(), key);
    expect([touch.status, touch.json['code']]).toEqual([403, 'access-locked']);
    const form = await on.browser().form('/console/sign-in', { token: on.calls.authorization('operator').slice(7) });
    expect([form.status, form.text]).toEqual([403, expect.stringContaining('review confirm')]);

    expect(await review(on.administrator, on.personOf('thomas.fisher@ssc.govt.nz'), 'operator')).toMatchObject({
      status: 201,
    });
    const content = await on.calls.call('operator2', 'GET', `/api/v1/orders/${order.body.id}/content`);
    expect(content.status).toBe(200);
    const [mine] = on.world.operators;
    const digest = statementDigest('order', new Uint8Array(content.raw));
    const approval = {
      credentialId: mine.credentialId,
      signature: signDigest(digest, mine.credentialId, mine.privateKey),
    };
    const byAnother = await on.calls.call('operator2', 'POST', `/api/v1/orders/${order.body.id}/approvals`, approval);
    expect([byAnother.status, byAnother.body.code]).toEqual([403, 'access-locked']);
    const proposed = await on.calls.call('operator2', 'POST', '/api/v1/agencies/dpmc/proposals', {
      name: 'DPMC',
      organizationNames: ['DPMC'],
      organizationIdentifier: 'GOVNZ',
      locality: 'Wellington',
      domains: ['dpmc.govt.nz'],
      profiles: ['user-auth'],
      delegations: [],
    });
    const scope = Uint8Array.fromHex(proposed.body.digest);
    const signed = await on.calls.call('operator2', 'POST', `/api/v1/statements/${proposed.body.digest}/signatures`, {
      credentialId: mine.credentialId,
      signature: signDigest(scope, mine.credentialId, mine.privateKey),
    });
    expect([signed.status, signed.body.code]).toEqual([403, 'access-locked']);
    const [chiefKey] = on.world.administrators;
    const byChief = {
      credentialId: chiefKey.credentialId,
      signature: signDigest(scope, chiefKey.credentialId, chiefKey.privateKey),
    };
    const stored = await on.call(
      on.administrator,
      'POST',
      `/api/v1/statements/${proposed.body.digest}/signatures`,
      byChief,
    );
    expect(stored).toMatchObject({ status: 201 });

    expect(await review(on.administrator, aroha, 'administrator')).toMatchObject({ status: 403 });
    expect(await review(on.administrator, on.mere(), 'auditor')).toMatchObject({ status: 404 });
    expect(await review(on.calls.authorization('operator2').slice(7), on.mere(), 'operator')).toMatchObject({
      status: 403,
    });
    const wordless = await chief.press('/console/access-reviews', '/console/access-reviews', {
      personId: on.mere(),
      role: 'operator',
      note: ' ',
    });
    expect([wordless.status, wordless.text]).toEqual([400, expect.stringContaining('Say in a few words why')]);
    const confirmed = await chief.press('/console/access-reviews', '/console/access-reviews', {
      personId: on.mere(),
      role: 'operator',
      note: 'still on the team',
    });
    expect(confirmed.location).toBe('/console/access-reviews?done=confirmed');
    expect((await states())[`operator ${on.mere()}`]).toBe('current');
    expect((await on.calls.call('operator', 'GET', '/api/v1/orders')).status).toBe(200);
    expect((await on.touched(on.browser(), key)).status).toBe(200);
    expect((await on.audit('access.reviewed')).map(({ object_id }) => object_id)).toContain(on.mere());
  });

  it('are never of oneself, which the schema holds', async () => {
    const personId = on.personOf('aroha.ngata@ssc.govt.nz');
    const own = on.world.ra
      .insertInto('access_reviews')
      .values({ person_id: personId, role: 'auditor', reviewed_by: personId, note: 'mine', reviewed_at: new Date() })
      .execute();
    await expect(own).rejects.toMatchObject({ code: '23514' });
    await expect(sql.raw('delete from access_reviews').execute(on.world.owner)).rejects.toMatchObject({
      code: 'SE001',
    });
  });
});

describe('all of it', () => {
  it('failed at nothing, and let no secret into the audit trail', async () => {
    const rows = await on.world.owner.selectFrom('audit_events').selectAll().execute();
    expect(rows.length).toBeGreaterThan(100);
    expect(JSON.stringify(rows)).not.toMatch(/see_[A-Za-z0-9_-]{43}/);
    const failed = on.calls.registration.logged.filter(({ message }) => message === 'request failed');
    expect(failed.map(({ fields }) => String((fields as { error: unknown }).error).slice(0, 200))).toEqual([]);
  });
});
