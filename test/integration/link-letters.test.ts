import { readOrderContent } from '@see/domain';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tellOfLinks } from '../../services/worker/src/links-desk.ts';
import { type MailSender, smtpSender } from '../../services/worker/src/mail-sender.ts';
import { approveBatch, type BatchAnswer, importWithOrders } from '../support/batch-calls.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { type Calls, openCalls } from '../support/registration-calls.ts';
import { asSuperuser } from '../support/superuser.ts';
import { openWorkerDesks, type WorkerDesks } from '../support/worker-desks.ts';
import { makeWorld, type World } from '../support/world.ts';

const SPONSOR = 'susan.grant@treasury.govt.nz';

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
afterEach(() => server.taken.splice(0));
afterAll(async () => {
  sender?.close();
  await server?.close();
  await worker?.close();
  await calls?.registration.app.close();
  await world?.close();
});

/** Imports people, each with an order, and approves them in one batch; nothing is opened yet. Returns the ids of the orders. */
async function approvedBatch(word: string, count: number): Promise<string[]> {
  const importId = await importWithOrders(world, calls, word, count);
  const made = (await calls.call('operator', 'POST', '/api/v1/batches', {
    agencyId: 'treasury',
    importId,
  })) as BatchAnswer;
  const approved = await approveBatch(calls, made.body.id, world.operators[0]);
  expect(approved.body).toEqual({ approved: count, waiting: 0, left: [] });
  const rows = await world.owner
    .selectFrom('batch_orders')
    .select('order_id')
    .where('batch_id', '=', made.body.id)
    .execute();
  return rows.map((row) => row.order_id);
}

/** Sends what waits and reads the tables that came to the sponsor. */
async function tables(): Promise<string[][]> {
  await worker.mailDesk(sender).run();
  const mine = server.taken.filter(({ to }) => to.includes(SPONSOR));
  server.taken.splice(0);
  const read = await Promise.all(mine.map(({ bytes }) => PostalMime.parse(bytes)));
  return read.map(({ attachments }) => new TextDecoder().decode(attachments[0]?.content as ArrayBuffer).split('\r\n'));
}
const letters = () =>
  world.owner
    .selectFrom('mails')
    .selectAll()
    .where('template', 'in', ['link', 'links'])
    .orderBy('created_at', 'desc')
    .execute();
const eventsOf = async (orderId: string) =>
  (
    await world.owner
      .selectFrom('audit_events')
      .select(['kind', 'outcome'])
      .where('object_id', '=', orderId)
      .where('kind', 'like', 'delivery.%')
      .execute()
  ).map(({ kind, outcome }) => `${kind} ${outcome}`);

describe('the links of a batch', () => {
  it('come to the sponsor in one letter when all its orders are open, each once', async () => {
    const orderIds = await approvedBatch('Letter', 7);
    expect(await tellOfLinks(worker.db)).toBe(0);
    await world.signer.orders.run();
    expect(await tellOfLinks(worker.db)).toBe(1);
    expect(await tellOfLinks(worker.db)).toBe(0);
    expect((await letters()).map(({ template, recipient }) => [template, recipient])).toEqual([['links', SPONSOR]]);
    const [rows = []] = await tables();
    expect(rows[0]).toMatch(
      /^\ufeff?name \| ingoa,person \| tangata,request \| tono,link \| hono,usable until \| [^,]+$/,
    );
    const links = rows.slice(1, -1).map((row) => row.split(','));
    expect(links.map(([, , , link]) => link).toSorted()).toEqual(
      orderIds.map((id) => `${world.instance.urls.portal}/enrol/${id}`).toSorted(),
    );
    expect(links[0]?.[0]).toContain('Letter');
    for (const id of orderIds) expect(await eventsOf(id)).toContain('delivery.link success');
    const delivered = await world.owner
      .selectFrom('deliveries')
      .select(['order_id', 'recipient'])
      .where('kind', '=', 'link')
      .where('order_id', 'in', orderIds)
      .execute();
    expect(delivered).toHaveLength(7);
    expect(new Set(delivered.map(({ recipient }) => recipient))).toEqual(new Set([SPONSOR]));
  });

  it('are not held up by an order that stays closed for longer than ten minutes', async () => {
    const orderIds = await approvedBatch('Late', 3);
    await asSuperuser(world, ['orders'], `update orders set state = 'redeemable' where id = '${orderIds[0]}'`);
    expect(await tellOfLinks(worker.db)).toBe(0);
    await asSuperuser(
      world,
      ['orders'],
      `update orders set updated_at = now() - interval '11 minutes' where id = '${orderIds[0]}'`,
    );
    expect(await tellOfLinks(worker.db)).toBe(1);
    await world.signer.orders.run();
    expect(await tellOfLinks(worker.db)).toBe(1);
    const found = await tables();
    expect(found.map((rows) => rows.length - 2).toSorted()).toEqual([1, 2]);
  });

  it('leave out what is over and name what was changed, and are dropped when nothing is left', async () => {
    const [over = '', changed = '', other = '', ...rest] = await approvedBatch('Odd', 5);
    await world.signer.orders.run();
    await tellOfLinks(worker.db);
    await world.ra.updateTable('orders').set({ state: 'withdrawn' }).where('id', '=', over).execute();
    await asSuperuser(
      world,
      ['orders'],
      `update orders set content = (select content from orders where id = '${rest[0]}') where id = '${changed}'`,
    );
    await asSuperuser(world, ['approvals'], `delete from approvals where order_id = '${other}'`);
    const [rows = []] = await tables();
    expect(rows.filter((row) => row.includes('/enrol/'))).toHaveLength(2);
    expect(rows.join(' ')).toContain(rest[0]);
    expect([await eventsOf(changed), await eventsOf(other), await eventsOf(over)]).toEqual([
      expect.arrayContaining(['delivery.refused failure']),
      expect.arrayContaining(['delivery.refused failure']),
      [],
    ]);
    const [gone = ''] = await approvedBatch('Gone', 1);
    await world.signer.orders.run();
    await tellOfLinks(worker.db);
    await world.ra.updateTable('orders').set({ state: 'withdrawn' }).where('id', '=', gone).execute();
    expect(await tables()).toEqual([]);
    expect((await letters())[0]).toMatchObject({ template: 'links', state: 'dropped', code: 'order-over' });
  });

  it('do not go to a mailbox that gets one of the codes', async () => {
    const [first = '', ...rest] = await approvedBatch('Same', 3);
    const row = await world.owner
      .selectFrom('orders')
      .select('deliver_to')
      .where('id', '=', first)
      .executeTakeFirstOrThrow();
    await asSuperuser(
      world,
      ['people'],
      `update people set email = '${row.deliver_to?.replace('@', '+links@')}' where email = '${SPONSOR}'`,
    );
    await world.signer.orders.run();
    expect(await tellOfLinks(worker.db)).toBe(1);
    const told = await world.owner.selectFrom('letter_links').select('order_id').execute();
    const ids = told.map(({ order_id: id }) => id);
    expect([ids.includes(first), rest.every((id) => ids.includes(id))]).toEqual([false, true]);
    // With a mailbox of their own, the sponsor gets the one that was held back.
    await asSuperuser(world, ['people'], `update people set email = '${SPONSOR}' where email like '%+links@%'`);
    expect(await tellOfLinks(worker.db)).toBe(1);
    expect((await tables()).map((rows) => rows.length - 2)).toContain(1);
  });

  it('are read from the signed bytes: who changes the row gets none to another sponsor', async () => {
    const orderIds = await approvedBatch('Thief', 2);
    await world.signer.orders.run();
    const thief = (await world.people()).find(({ email }) => email === 'david.reid@dpmc.govt.nz');
    await asSuperuser(
      world,
      ['orders'],
      `update orders set sponsor_id = '${thief?.id}' where id in ('${orderIds.join("', '")}')`,
    );
    expect(await tellOfLinks(worker.db)).toBe(1);
    await worker.mailDesk(sender).run();
    expect(server.taken.flatMap(({ to }) => to)).not.toContain('david.reid@dpmc.govt.nz');
    expect((await letters())[0]).toMatchObject({ recipient: 'david.reid@dpmc.govt.nz', state: 'dropped' });
    for (const id of orderIds) expect(await eventsOf(id)).toContain('delivery.refused failure');
  });
});

describe('an order that is in no batch', () => {
  it('has a letter of its own still', async () => {
    const before = (await letters()).length;
    await importWithOrders(world, calls, 'Single', 1);
    const order = await world.owner
      .selectFrom('orders')
      .select(['id', 'content'])
      .where('state', '=', 'pending')
      .executeTakeFirstOrThrow();
    await world.approve(readOrderContent(order.content ?? new Uint8Array()), [world.operators[0]]);
    await world.signer.orders.run();
    expect(await tellOfLinks(worker.db)).toBe(0);
    const found = await letters();
    expect([found.length, found[0]?.template, found[0]?.order_id]).toEqual([before + 1, 'link', order.id]);
  });
});
