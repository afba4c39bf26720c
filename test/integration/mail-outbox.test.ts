import { MAIL_MACHINE, MAIL_STATES, readOrderContent } from '@see/domain';
import { TEMPLATE_IDS } from '@see/letters';
import { PgBoss } from 'pg-boss';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type MailSender, smtpSender } from '../../services/worker/src/mail-sender.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { query } from '../support/query.ts';
import { type Calls, openCalls } from '../support/registration-calls.ts';
import { asSuperuser } from '../support/superuser.ts';
import { draftForPerson, openWorkerDesks, storeDraft, type WorkerDesks } from '../support/worker-desks.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let worker: WorkerDesks;
let server: MailServer;
let sender: MailSender;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  worker = await openWorkerDesks(world);
  server = await startMailServer();
  sender = smtpSender(server.url);
});
afterEach(() => {
  server.refusal = undefined;
  server.taken.splice(0);
});
afterAll(async () => {
  sender?.close();
  await server?.close();
  await worker?.close();
  await calls?.registration.app.close();
  await world?.close();
});

/** A person's order up to the state in which its mails are asked for; `before` runs right before that. */
async function openOrder(before: () => Promise<void> = async () => undefined): Promise<string> {
  const { orderId } = await storeDraft(world, await draftForPerson(world));
  await worker.codeDesk().run();
  const row = await world.owner
    .selectFrom('orders')
    .select('content')
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow();
  await world.approve(readOrderContent(row.content ?? new Uint8Array()), [world.operators[0]]);
  await before();
  await world.signer.orders.run();
  return orderId;
}
const mailsOf = (orderId: string) =>
  world.owner.selectFrom('mails').selectAll().where('order_id', '=', orderId).orderBy('template').execute();
const eventsOf = async (id: string) => {
  const found = world.owner.selectFrom('audit_events').select(['kind', 'detail']).where('object_id', '=', id);
  return (await found.orderBy('id').execute()).map(({ kind, detail }) => [kind, (detail as { code?: string }).code]);
};

describe('the job queue', () => {
  it('has the tables that pg-boss expects, and the worker may make none', async () => {
    const boss = new PgBoss({ connectionString: world.postgres.ownerUrl, migrate: false, supervise: false });
    boss.on('error', () => undefined);
    await boss.start();
    const drift = await boss.detectSchemaDrift();
    await boss.stop();
    expect(drift).toMatchObject({ ok: true });
    const [rights] = await query<Record<string, boolean>>(
      world.postgres.serviceUrl('worker'),
      `select has_schema_privilege('pgboss', 'create') as schema, has_database_privilege(current_database(), 'create') as database,
        has_table_privilege('pgboss.job', 'truncate') as truncate, has_table_privilege('pgboss.schedule', 'insert') as schedule,
        exists (select from pg_class where relowner = 'see_worker'::regrole) as owner`,
    );
    expect(Object.values(rights ?? {})).toEqual([false, false, false, false, false]);
    for (const login of ['ra', 'signer', 'va', 'desk'] as const) {
      const [may] = await query(
        world.postgres.serviceUrl(login),
        `select has_schema_privilege('pgboss', 'usage') as may`,
      );
      expect([login, may]).toEqual([login, { may: false }]);
    }
  });

  it('has done its upkeep under the worker’s rights without a fault', async () => {
    await query(world.postgres.superuserUrl, 'update pgboss.queue set monitor_on = null, maintain_on = null');
    const upkept = async () =>
      (await query(world.postgres.superuserUrl, 'select monitor_on, maintain_on from pgboss.queue')).every(
        (row) => row['monitor_on'] && row['maintain_on'],
      );
    const until = performance.now() + 20_000;
    while (!(await upkept()) && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await upkept()).toBe(true);
    expect(worker.lines.filter((line) => line.includes('job queue'))).toEqual([]);
  });
});

describe('a mail', () => {
  it('is read as it was written: names with macrons, text and HTML, one recipient', async () => {
    const name = "Hēmi Ōtene-O'Neill Māra";
    await asSuperuser(
      world,
      ['people'],
      `update people set display_name = '${name.replace("'", "''")}' where email = 'grace.liu@treasury.govt.nz'`,
    );
    const orderId = await openOrder();
    await worker.mailDesk(sender).run();
    const read = await Promise.all(
      server.taken.map(async ({ to, bytes }) => ({ to, mail: await PostalMime.parse(bytes) })),
    );
    const link = read.find(({ to }) => to[0] === 'susan.grant@treasury.govt.nz');
    const code = read.find(({ to }) => to[0] === 'grace.liu@treasury.govt.nz');
    expect(read).toHaveLength(2);
    expect(link?.to).toEqual(['susan.grant@treasury.govt.nz']);
    const reference = orderId.slice(0, 8).toUpperCase();
    expect(link?.mail.subject).toBe(
      `Enrolment link for ${name}, request ${reference} | Hono whakauru mō ${name}, tono ${reference}`,
    );
    expect(link?.mail.text?.replaceAll(/\s+/g, ' ')).toContain(`which you sponsor for ${name}, has been approved`);
    expect(link?.mail.text).toContain(`\n${world.instance.urls.portal}/enrol/${orderId}\n`);
    expect(link?.mail.html).toContain(`which you sponsor for ${name.replace("'", '&#39;')}, has been approved`);
    const shown = /\n {4}([0-9A-Z-]{19})\n/.exec(code?.mail.text ?? '')?.[1] ?? 'none';
    expect(code?.mail.html).toContain(`\n${shown}\n`);
    expect(code?.mail.html).not.toContain(orderId);
    expect(link?.mail.html).not.toContain(shown);
    expect(read.map(({ mail }) => mail.messageId).toSorted()).toEqual(
      (await mailsOf(orderId)).map(({ template, id }) => `<${template}.${id}@localhost>`).toSorted(),
    );
    expect((await mailsOf(orderId)).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['sent', 1],
      ['sent', 1],
    ]);
  });

  it('of an order that is over is dropped, with the reason', async () => {
    const orderId = await openOrder();
    await world.ra.updateTable('orders').set({ state: 'withdrawn' }).where('id', '=', orderId).execute();
    await worker.mailDesk(sender).run();
    expect(server.taken).toEqual([]);
    const mails = await mailsOf(orderId);
    expect(mails.map(({ state, code }) => [state, code])).toEqual(Array(2).fill(['dropped', 'order-over']));
    expect(await eventsOf(mails[0]?.id ?? '')).toEqual([['mail.dropped', 'order-over']]);
  });

  it('with a link is not asked for when the sponsor reads the mailbox that gets the code', async () => {
    const change = (email: string) =>
      asSuperuser(
        world,
        ['people'],
        `update people set email = '${email}' where email like 'susan.grant%' or email like 'GRACE.liu+%'`,
      );
    const orderId = await openOrder(() => change('GRACE.liu+sponsor@treasury.govt.nz'));
    expect((await mailsOf(orderId)).map(({ template }) => template)).toEqual(['code']);
    await change('susan.grant@treasury.govt.nz');
    const other = await openOrder();
    await change('GRACE.liu+sponsor@treasury.govt.nz');
    await worker.mailDesk(sender).run();
    await change('susan.grant@treasury.govt.nz');
    expect((await mailsOf(other)).map(({ template, state, code }) => [template, state, code])).toEqual([
      ['code', 'sent', null],
      ['link', 'dropped', 'one-mailbox'],
    ]);
  });

  it('that was tried for too long is a dead letter, shown, and tried again when an operator asks', async () => {
    const orderId = await openOrder();
    server.refusal = { at: 'data', status: 451, text: '4.3.0 later, says secret-server' };
    await worker.mailDesk(sender).run();
    await query(
      world.postgres.superuserUrl,
      `update pgboss.job set retry_count = retry_limit, start_after = now() where name = 'mail' and state = 'retry'`,
    );
    await worker.mailDesk(sender).run();
    await worker.mailDesk(sender).run();
    const mails = await mailsOf(orderId);
    expect(mails.map(({ state, attempts, code }) => [state, attempts, code])).toEqual(
      Array(2).fill(['failed', 2, 'EMESSAGE']),
    );
    expect(JSON.stringify(mails)).not.toContain('secret-server');
    const id = mails[0]?.id ?? '';
    expect(await eventsOf(id)).toEqual([['mail.failed', 'tried-too-long']]);
    const listed = await calls.call('auditor', 'GET', '/api/v1/mails?state=failed');
    expect(listed.body.items.map((one) => one.id)).toContain(id);
    const status = await calls.call('operator', 'GET', '/api/v1/status');
    expect(status.body).toMatchObject({ failedMails: 2 });
    // Nothing is tried by itself.
    server.refusal = undefined;
    await worker.makeDue();
    await worker.mailDesk(sender).run();
    expect(server.taken).toEqual([]);
    expect((await calls.call('auditor', 'POST', `/api/v1/mails/${id}/retry`, {})).status).toBe(403);
    expect((await calls.call('operator', 'POST', `/api/v1/mails/${id}/retry`, {})).body.state).toBe('waiting');
    expect((await calls.call('operator', 'POST', `/api/v1/mails/${id}/retry`, {})).status).toBe(409);
    await worker.mailDesk(sender).run();
    expect(server.taken.map(({ to }) => to)).toEqual([[mails[0]?.recipient]]);
    const kinds = (await eventsOf(id)).map(([kind]) => kind).filter((kind) => kind?.startsWith('mail.'));
    expect(kinds).toEqual(['mail.failed', 'mail.retried']);
  });

  it('goes from state to state as the machine says, by the process that it names, and not otherwise', async () => {
    const id = crypto.randomUUID();
    await query(
      world.postgres.superuserUrl,
      `insert into mails (id, template, recipient) values ('${id}', 'expiry', 'a@b.nz')`,
    );
    const seen: string[] = [];
    for (const before of MAIL_STATES) {
      for (const after of MAIL_STATES.filter((state) => state !== before)) {
        for (const login of ['ra', 'worker'] as const) {
          const set = `update mails set state = '${before}', code = 'x-test', reason = 'x' where id = '${id}'`;
          await asSuperuser(world, ['mails'], set);
          const move = query(
            world.postgres.serviceUrl(login),
            `update mails set state = '${after}' where id = '${id}'`,
          );
          if (await move.then(() => true).catch(() => false)) seen.push(`${before} ${after} ${login}`);
        }
      }
    }
    const rows = MAIL_MACHINE.transitions.flatMap(({ from, to, by }) =>
      (from ?? []).map((one) => `${one} ${to} ${by}`),
    );
    expect(seen.toSorted()).toEqual(rows.toSorted());
    const kinds = await query<{ login: string; prefix: string }>(
      world.postgres.superuserUrl,
      'select login, prefix from audit_kinds',
    );
    for (const { by, audit } of MAIL_MACHINE.transitions) {
      const mine = kinds.filter(({ login, prefix }) => login === `see_${by}` && audit.startsWith(prefix));
      expect([audit, mine.length]).toEqual([audit, 1]);
    }
    await asSuperuser(world, ['mails'], `update mails set state = 'sent' where id = '${id}'`);
  });

  it('is asked for by the login of its kind and by no other, and no login changes which that is', async () => {
    const kinds = await query<{ template: string; asked_by: string }>(
      world.postgres.superuserUrl,
      'select template, asked_by from letter_kinds',
    );
    expect(kinds.map(({ template }) => template).toSorted()).toEqual([...TEMPLATE_IDS].toSorted());
    const asked: string[] = [];
    for (const login of ['ra', 'worker', 'signer', 'va', 'desk'] as const) {
      const url = world.postgres.serviceUrl(login);
      for (const template of [...TEMPLATE_IDS, 'another']) {
        const insert = `insert into mails (template, recipient) values ('${template}', 'asked@b.nz')`;
        const answer = await query(url, insert).then(
          () => 'asked',
          (error: Error & { code?: string }) => error.code,
        );
        if (answer === 'asked') asked.push(`see_${login} ${template}`);
        else expect([login, template, answer]).toEqual([login, template, expect.stringMatching(/^(?:SE012|42501)$/)]);
      }
      const change = `insert into letter_kinds values ('another', 'see_${login}')`;
      await expect(query(url, change)).rejects.toThrow(/permission denied/);
    }
    // The signer asks by opening orders, which it was seen to do above; it has no right to the table.
    const may = kinds.filter(({ asked_by }) => asked_by !== 'see_signer');
    expect(asked.toSorted()).toEqual(may.map(({ template, asked_by }) => `${asked_by} ${template}`).toSorted());
    await expect(
      query(world.postgres.superuserUrl, `insert into mails (template, recipient) values ('another', 'a@b.nz')`),
    ).rejects.toThrow(/mails_template_fkey/);
    await asSuperuser(world, ['mails'], `delete from mails where recipient = 'asked@b.nz'`);
  });

  it('is not changed by a login that has no business with it', async () => {
    const orderId = await openOrder();
    const asOf = (login: 'ra' | 'worker', set: string) =>
      query(world.postgres.serviceUrl(login), `update mails set ${set} where order_id = '${orderId}'`);
    await expect(asOf('ra', `recipient = 'eve@evil.example'`)).rejects.toThrow(/permission denied/);
    await expect(asOf('ra', `state = 'dropped'`)).rejects.toThrow(/mails_check|does not take/);
    await asOf('worker', `state = 'sent'`);
    await expect(asOf('worker', `state = 'waiting'`)).rejects.toThrow(/does not become/);
  });
});

describe('an address that mail comes back from', () => {
  const grace = 'grace.liu@treasury.govt.nz';
  const post = (url: string, headers: Record<string, string> = {}) =>
    calls.registration.app.inject({
      method: 'POST',
      url,
      headers: {
        host: 'localhost',
        'content-type': 'application/x-www-form-urlencoded',
        origin: world.instance.urls.portal,
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
      payload: '',
    });
  const get = (url: string) => calls.registration.app.inject({ url, headers: { host: 'localhost' } });
  const mailbox = async () => {
    const { body } = await calls.call('agent', 'GET', `/api/v1/people/${calls.person[grace]}`);
    return (body as unknown as { mailbox: Record<'flaggedSince' | 'provedAt' | 'askedUntil', string | null> }).mailbox;
  };
  /** Has the check's mail sent and returns the path of its link. */
  async function linkOf(): Promise<string> {
    server.taken.splice(0);
    await worker.mailDesk(sender).run();
    const [{ to, bytes }] = server.taken as [{ to: readonly string[]; bytes: Uint8Array }];
    expect(to).toEqual([grace]);
    const { text = '', html = '' } = await PostalMime.parse(bytes);
    const url = /\n(http\S+\/mailbox\/[A-Za-z0-9_-]{43})\n/.exec(text)?.[1] ?? '';
    expect(html).toContain(url);
    expect(text).not.toMatch(/[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/);
    return new URL(url).pathname;
  }

  it('gets no code until its owner shows by a press that it is theirs, and then what waited', async () => {
    const orderId = await openOrder();
    server.refusal = { at: 'rcpt', status: 550, text: '5.1.1 no such user' };
    await worker.mailDesk(sender).run();
    const states = async () => (await mailsOf(orderId)).map(({ template, state, code }) => [template, state, code]);
    expect(await states()).toEqual([
      ['code', 'failed', 'address-refused'],
      ['link', 'failed', 'address-refused'],
    ]);
    expect((await mailbox()).flaggedSince).not.toBeNull();
    server.refusal = undefined;
    // Asked for again, it is still not sent.
    const code = (await mailsOf(orderId))[0]?.id;
    await calls.call('operator', 'POST', `/api/v1/mails/${code}/retry`, {});
    await worker.mailDesk(sender).run();
    expect((await states())[0]).toEqual(['code', 'failed', 'address-flagged']);
    expect(server.taken).toEqual([]);
    const order = { ...calls.wish(), agentId: undefined, items: [{ profile: 'user-auth' }] };
    const refused = await calls.call('operator', 'POST', '/api/v1/orders', order);
    expect(refused.body.violations).toMatchObject([{ code: 'address-flagged' }]);

    const url = `/api/v1/people/${calls.person[grace]}/mailbox-checks`;
    expect((await calls.call('dpmc', 'POST', url, {})).status).toBe(404);
    expect((await calls.call('agent', 'POST', url, {})).status).toBe(202);
    expect((await calls.call('agent', 'POST', url, {})).status).toBe(429);
    const path = await linkOf();
    // Programs follow links: reading it, however often, changes nothing.
    for (let count = 0; count < 3; count++) {
      const page = await get(path);
      expect([page.statusCode, page.headers['referrer-policy'], page.headers['cache-control']]).toEqual([
        200,
        'same-origin',
        'no-store',
      ]);
      expect(page.body).toContain(grace);
    }
    expect((await mailbox()).provedAt).toBeNull();
    expect((await post(path, { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await post(path.replace(/.{3}$/, 'AAA'))).statusCode).toBe(410);
    expect((await post(path)).statusCode).toBe(200);
    const proved = await mailbox();
    expect([proved.flaggedSince, proved.askedUntil]).toEqual([null, null]);
    expect(proved.provedAt).not.toBeNull();
    expect([(await post(path)).statusCode, (await get(path)).statusCode]).toEqual([410, 410]);
    server.taken.splice(0);
    await worker.mailDesk(sender).run();
    expect((await states())[0]).toEqual(['code', 'sent', null]);
    expect(server.taken.map(({ to }) => to)).toEqual([[grace]]);
    const events = (await eventsOf(calls.person[grace] ?? '')).map(([kind]) => kind);
    expect(events.filter((kind) => kind?.startsWith('mailbox.'))).toEqual(['mailbox.asked', 'mailbox.proved']);
  });

  it('may be reported by an operator, and nobody proves it without the mail, in time, for the address of today', async () => {
    const report = (who: 'operator' | 'agent', address: string) =>
      calls.call(who, 'POST', '/api/v1/mail-bounces', { address, note: 'came back' });
    expect((await report('agent', grace)).status).toBe(403);
    expect((await report('operator', 'nobody@treasury.govt.nz')).status).toBe(404);
    expect((await report('operator', grace.toUpperCase().replace('TREASURY.GOVT.NZ', 'treasury.govt.nz'))).status).toBe(
      201,
    );
    expect((await mailbox()).flaggedSince).not.toBeNull();
    const personId = calls.person[grace] ?? '';
    const ask = async (id: string): Promise<void> => {
      await asSuperuser(
        world,
        ['mailbox_checks'],
        `update mailbox_checks set asked_at = asked_at - interval '1 hour', expires_at = expires_at - interval '1 hour'`,
      );
      await world.ra
        .insertInto('mailbox_checks')
        .values({ id, person_id: personId, address: grace, asked_by: 'test' })
        .execute();
      await world.ra
        .insertInto('mails')
        .values({ template: 'mailbox-check', recipient: grace, detail: JSON.stringify({ checkId: id }) })
        .execute();
    };
    const prove = (id: string, token: string) =>
      query(world.postgres.serviceUrl('ra'), 'insert into mailbox_proofs (check_id, token) values ($1, $2)', [
        id,
        Buffer.from(token, 'base64url'),
      ]);
    const [early, late, moved] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    // An owned ra makes no proof: before the mail there is nothing to compare with, after it the value is in the mail alone.
    await ask(early);
    await expect(prove(early, 'A'.repeat(43))).rejects.toThrow(/nobody has shown/);
    await linkOf();
    await expect(prove(early, 'A'.repeat(43))).rejects.toThrow(/nobody has shown/);
    await ask(late);
    const over = await linkOf();
    await asSuperuser(
      world,
      ['mailbox_checks'],
      `update mailbox_checks set asked_at = asked_at - interval '25 hours', expires_at = expires_at - interval '25 hours' where id = '${late}'`,
    );
    expect((await post(over)).statusCode).toBe(410);
    await expect(prove(late, over.slice(-43))).rejects.toThrow(/nobody has shown/);
    await ask(moved);
    const elsewhere = await linkOf();
    const move = (email: string) =>
      asSuperuser(world, ['people'], `update people set email = '${email}' where id = '${personId}'`);
    await move('grace@treasury.govt.nz');
    expect((await post(elsewhere)).statusCode).toBe(410);
    await move(grace);
    expect((await post(elsewhere)).statusCode).toBe(200);
    expect((await mailbox()).flaggedSince).toBeNull();
    // What the link holds stands nowhere.
    const rows = await query<{ text: string }>(
      world.postgres.superuserUrl,
      `select t::text as text from mailbox_proofs t union all select t::text from mailbox_links t union all select t::text from mails t
       union all select t::text from audit_events t union all select t::text from pgboss.job t`,
    );
    const token = Buffer.from(elsewhere.slice(-43), 'base64url');
    for (const { text } of rows) {
      expect(text).not.toContain(token.toString('hex'));
      expect(text).not.toContain(elsewhere.slice(-43));
    }
    expect(worker.lines.join()).not.toContain(elsewhere.slice(-43));
  });
});

describe('previews', () => {
  it('show every letter and no code or link that opens anything', async () => {
    const list = await calls.call('auditor', 'GET', '/api/v1/mail-templates');
    expect(list.body.items.map(({ id }) => id)).toEqual([
      'code',
      'link',
      'links',
      'expiry',
      'mailbox-check',
      'reissue',
      'recovery',
      'digest',
    ]);
    const one = await calls.call('operator', 'GET', '/api/v1/mail-templates/link');
    expect(one.body).toMatchObject({ subject: expect.stringContaining('Hēmi Ōtene-Te Māra') });
    expect((await calls.call('operator', 'GET', '/api/v1/mail-templates/other')).status).toBe(400);
  });
});
