import { readOrderContent } from '@see/domain';
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
    expect(link?.mail.subject).toBe(`Enrolment link for ${name}, request ${orderId.slice(0, 8).toUpperCase()}`);
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
    const kinds = (await eventsOf(id)).map(([kind]) => kind);
    expect(kinds).toEqual(['mail.failed', 'access.denied', 'mail.retried', 'access.refused']);
  });

  it('is never asked for by a login that has no business with it', async () => {
    const insert = (login: 'ra' | 'worker' | 'signer', template: string) =>
      query(
        world.postgres.serviceUrl(login),
        `insert into mails (template, recipient) values ('${template}', 'a@b.nz')`,
      );
    await expect(insert('ra', 'expiry')).rejects.toThrow(/does not ask for a mail/);
    await expect(insert('worker', 'mailbox-check')).rejects.toThrow(/does not ask for a mail/);
    await expect(insert('signer', 'expiry')).rejects.toThrow(/permission denied/);
    const orderId = await openOrder();
    const asOf = (login: 'ra' | 'worker', set: string) =>
      query(world.postgres.serviceUrl(login), `update mails set ${set} where order_id = '${orderId}'`);
    await expect(asOf('ra', `recipient = 'eve@evil.example'`)).rejects.toThrow(/permission denied/);
    await expect(asOf('ra', `state = 'dropped'`)).rejects.toThrow(/mails_check|does not take/);
    await asOf('worker', `state = 'sent'`);
    await expect(asOf('worker', `state = 'waiting'`)).rejects.toThrow(/does not become/);
  });
});

describe('previews', () => {
  it('show every letter and no code or link that opens anything', async () => {
    const list = await calls.call('auditor', 'GET', '/api/v1/mail-templates');
    expect(list.body.items.map(({ id }) => id)).toEqual(['code', 'link', 'expiry', 'mailbox-check']);
    const one = await calls.call('operator', 'GET', '/api/v1/mail-templates/link');
    expect(one.body).toMatchObject({ subject: expect.stringContaining('Hēmi Ōtene-Te Māra') });
    expect((await calls.call('operator', 'GET', '/api/v1/mail-templates/other')).status).toBe(400);
  });
});
