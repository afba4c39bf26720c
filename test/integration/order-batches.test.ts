import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { ApiClient, readBatch } from '@see/cli';
import { type BatchContent, BatchTree, writeBatchContent } from '@see/domain';
import { signDigest } from '@see/statement';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readApprovedOrder } from '../../services/worker/src/order-checks.ts';
import { approveBatch, type BatchAnswer, importWithOrders } from '../support/batch-calls.ts';
import { ImportCalls, importWish, manyPeople, type Preview } from '../support/import-calls.ts';
import { type Calls, codesOf, openCalls } from '../support/registration-calls.ts';
import { asSuperuser } from '../support/superuser.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let client: ApiClient;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  const { app } = calls.registration;
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  client = new ApiClient(`http://localhost:${port}`, calls.authorization('operator').slice('Bearer '.length));
});
afterAll(async () => {
  await calls?.registration.app.close();
  await world?.close();
});

const create = async (wish: object, who: 'operator' | 'operator2' = 'operator'): Promise<BatchAnswer> =>
  (await calls.call(who, 'POST', '/api/v1/batches', { agencyId: 'treasury', ...wish })) as BatchAnswer;

/** Orders of a batch in the order of its leaves, as the database has them. */
async function ordersOf(batchId: string) {
  return world.owner
    .selectFrom('batch_orders as b')
    .innerJoin('orders as o', 'o.id', 'b.order_id')
    .where('b.batch_id', '=', batchId)
    .orderBy('b.leaf')
    .select(['o.id', 'o.state', 'o.content', 'o.digest', 'o.applicant_id'])
    .execute();
}

async function refusalsOf(orderIds: readonly string[]): Promise<string[]> {
  const rows = await world.owner
    .selectFrom('order_refusals')
    .select('code')
    .where('order_id', 'in', orderIds)
    .execute();
  return rows.map(({ code }) => code);
}

describe('an import with orders', () => {
  const order = { profiles: ['user-auth'], sponsorId: '' };
  const preview = async (file: string, change: object): Promise<Preview> => {
    const sponsorId = calls.person['susan.grant@treasury.govt.nz'];
    const wish = importWish(file, { order: { ...order, sponsorId, ...change } });
    return (await calls.call('operator', 'POST', '/api/v1/imports/preview', wish)).body as unknown as Preview;
  };

  it('says before it is confirmed what no order may have, once and not for each row', async () => {
    for (const [change, code] of [
      [{ profiles: ['user-authority'] }, 'profile-unknown'],
      [{ sponsorId: calls.person['david.reid@dpmc.govt.nz'] }, 'sponsor-not-delegated'],
      [{ organizationName: 'Ministry of Magic' }, 'organization-not-in-scope'],
      [{ type: 'passport' }, 'hardware-token'],
    ] as const) {
      const { problems, confirmable } = await preview(manyPeople('Wrong', 3), change);
      expect([confirmable, problems.map((problem) => [problem.row, problem.code])]).toEqual([
        false,
        expect.arrayContaining([[null, code]]),
      ]);
      expect(problems.every(({ row }) => row === null)).toBe(true);
    }
  });

  it('says by row for whom none can be made, and has another digest than without', async () => {
    const file = `${manyPeople('Long', 2)}A,${'Long'.repeat(10)},long.long@treasury.govt.nz,Long-9\r\n`;
    const { problems, digest } = await preview(file, {});
    expect(problems.map(({ row, code }) => [row, code])).toEqual([[4, 'bad-name-encoding']]);
    const without = await new ImportCalls(calls).preview(file);
    expect(without.problems).toEqual([]);
    expect(without.digest).not.toBe(digest);
  });

  it('is for those who may order, in their own name', async () => {
    const wish = importWish(manyPeople('Name', 1), {
      order: { ...order, sponsorId: calls.person['susan.grant@treasury.govt.nz'] },
    });
    expect((await calls.call('agent', 'POST', '/api/v1/imports/preview', wish)).body.code).toBe('forbidden');
  });

  it('orders for each person in one go with their record, and gives the links', async () => {
    const id = await importWithOrders(world, calls, 'Linked', 3);
    const rows = await world.owner
      .selectFrom('import_rows as r')
      .innerJoin('orders as o', 'o.id', 'r.order_id')
      .where('r.import_id', '=', id)
      .select(['r.state', 'r.person_id', 'o.applicant_id', 'o.state as order', 'o.deliver_to', 'r.email'])
      .execute();
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      expect(row).toMatchObject({
        state: 'done',
        order: 'pending',
        applicant_id: row.person_id,
        deliver_to: row.email,
      });
    }
    const result = await new ImportCalls(calls).result(id);
    expect(result.match(/\/enrol\/[0-9a-f-]{36}/g)).toHaveLength(3);
  });

  it('can not be finished without its orders, whoever writes', async () => {
    const imports = new ImportCalls(calls);
    const id = await importWithOrders(world, calls, 'Half', 1);
    expect((await imports.show(id)).done).toBe(1);
    await expect(
      asSuperuser(world, ['import_rows'], `update import_rows set order_id = null where import_id = '${id}'`),
    ).resolves.toBeUndefined();
    await expect(
      world.ra.updateTable('import_rows').set({ state: 'done' }).where('import_id', '=', id).execute(),
    ).rejects.toMatchObject({ code: 'SE013' });
  });
});

describe('a batch', () => {
  it('is approved by one signature; signer and worker believe it order by order', async () => {
    const importId = await importWithOrders(world, calls, 'Batch', 13);
    const made = await create({ importId });
    expect([made.status, made.body.count, made.body.states]).toEqual([201, 13, { pending: 13 }]);
    const read = await readBatch(client, made.body.id);
    expect(read.digest.toHex()).toBe(made.body.digest);
    expect(read.members).toHaveLength(13);
    const answer = await approveBatch(calls, made.body.id, world.operators[0]);
    expect([answer.status, answer.body]).toEqual([201, { approved: 13, waiting: 0, left: [] }]);
    await world.signer.orders.run();
    const orders = await ordersOf(made.body.id);
    expect(new Set(orders.map(({ state }) => state))).toEqual(new Set(['redeemable']));
    const { current } = calls.registration.ra.authority;
    for (const { id, content, digest } of [orders[0], orders[7], orders[12]].filter((one) => one !== undefined)) {
      const approvals = await world.owner.selectFrom('approvals').selectAll().where('order_id', '=', id).execute();
      const stored = {
        id,
        content: content ?? new Uint8Array(),
        digest: digest ?? new Uint8Array(),
        approvals: approvals.map((row) => ({ credentialId: row.credential_id, signature: row.signature })),
      };
      expect((await readApprovedOrder(stored, world.instance.instance, current)).orderId).toBe(id);
    }
    const events = await world.owner
      .selectFrom('audit_events')
      .select(['kind', 'object_id'])
      .where('kind', 'in', ['batch.create', 'batch.approve'])
      .where('object_id', '=', made.body.id)
      .execute();
    expect(events).toHaveLength(2);
    expect((await approveBatch(calls, made.body.id, world.operators[1], 'operator2')).body.code).toBe('wrong-state');
  });

  it('waits until every code is bound', async () => {
    const imports = new ImportCalls(calls);
    const wish = { profiles: ['user-auth'], sponsorId: calls.person['susan.grant@treasury.govt.nz'] };
    const id = await imports.start(manyPeople('Unbound', 2), { order: wish }, 'operator');
    await imports.settled();
    const answer = await create({ importId: id });
    expect([answer.status, answer.body.code]).toEqual([409, 'wrong-state']);
    expect(answer.headers['retry-after']).toBeDefined();
  });

  it('leaves what no longer waits, and what the approver entered, and says so', async () => {
    const importId = await importWithOrders(world, calls, 'Left', 4, 'operator');
    const made = await create({ importId });
    const orders = await ordersOf(made.body.id);
    await calls.call('operator', 'POST', `/api/v1/orders/${orders[1]?.id}/withdraw`, { reason: 'moved on' });
    const own = await approveBatch(calls, made.body.id, world.operators[0]);
    expect([own.status, own.body.code]).toEqual([403, 'party-to-order']);
    const answer = await approveBatch(calls, made.body.id, world.operators[1], 'operator2');
    expect([answer.body.approved, answer.body.left]).toEqual([
      3,
      [{ orderId: orders[1]?.id, code: 'wrong-state', message: 'the order is withdrawn' }],
    ]);
    await world.signer.orders.run();
    expect((await ordersOf(made.body.id)).map(({ state }) => state).sort()).toEqual([
      'redeemable',
      'redeemable',
      'redeemable',
      'withdrawn',
    ]);
  });

  it('never holds an order that needs two approvals, nor one of another agency', async () => {
    const dual = await calls.call('agent', 'POST', '/api/v1/orders', calls.wish());
    const refused = await create({ orderIds: [dual.body.id] });
    expect([refused.status, refused.body.code]).toEqual([409, 'wrong-state']);
    const importId = await importWithOrders(world, calls, 'Foreign', 1);
    const [row] = await world.owner
      .selectFrom('import_rows')
      .select('order_id')
      .where('import_id', '=', importId)
      .execute();
    const other = await create({ agencyId: 'dpmc', orderIds: [row?.order_id] });
    expect([other.status, codesOf(other)]).toEqual([409, []]);
    expect((await create({ agencyId: 'dpmc', importId })).status).toBe(404);
  });

  it.each<[string, (signature: ReturnType<typeof signDigest>) => object]>([
    ['by the key of another', (signature) => ({ credentialId: world.operators[1].credentialId, signature })],
    ['by an administrator', (signature) => ({ credentialId: world.administrators[0].credentialId, signature })],
  ])('is not approved %s', async (_name, body) => {
    const made = await create({});
    const { digest } = await readBatch(client, made.body.id);
    const signature = signDigest(digest, world.operators[0].credentialId, world.operators[0].privateKey);
    const answer = await calls.call('operator', 'POST', `/api/v1/batches/${made.body.id}/approvals`, body(signature));
    expect([answer.status, answer.body.code]).toEqual([400, 'signature-refused']);
  });
});

describe('who owns ra and the database', () => {
  /** Writes an approval down as it is, and hands the order on. */
  async function write(orderId: string, digest: Uint8Array, signature: object): Promise<void> {
    const row = {
      order_id: orderId,
      order_digest: digest,
      credential_id: world.operators[0].credentialId,
      person_id: '-',
      signature: JSON.stringify(signature),
    };
    await world.ra.insertInto('approvals').values(row).execute();
    await world.ra.updateTable('orders').set({ state: 'approved' }).where('id', '=', orderId).execute();
  }

  async function signedBatch(word: string) {
    const made = await create({ importId: await importWithOrders(world, calls, word, 5) });
    const { content, digest, members } = await readBatch(client, made.body.id);
    const signature = signDigest(digest, world.operators[0].credentialId, world.operators[0].privateKey);
    return { content, members, signature, orders: await ordersOf(made.body.id) };
  }

  it('gets no extra leaf approved, nor a swapped one', async () => {
    const { content, signature, orders } = await signedBatch('Extra');
    const [extra] = await ordersOf(
      (await create({ importId: await importWithOrders(world, calls, 'Slip', 1) })).body.id,
    );
    if (!extra?.digest) throw new Error('no order');
    const digests = orders.map(({ digest }) => digest ?? new Uint8Array());
    const bytes = writeBatchContent(content).bytes;
    const longer = new BatchTree([...digests, extra.digest]);
    await write(extra.id, extra.digest, longer.signatureFor(5, bytes, signature));
    await world.signer.orders.run();
    expect(await refusalsOf([extra.id])).toEqual(['not-enough-approvals']);

    const [swapped] = await ordersOf(
      (await create({ importId: await importWithOrders(world, calls, 'Swap', 1) })).body.id,
    );
    if (!swapped?.digest) throw new Error('no order');
    const other = new BatchTree(digests.with(2, swapped.digest));
    await write(swapped.id, swapped.digest, other.signatureFor(2, bytes, signature));
    await world.signer.orders.run();
    expect(await refusalsOf([swapped.id])).toEqual(['not-enough-approvals']);
  });

  it('gets no batch of its own making approved by a signature over another', async () => {
    const { content, signature, orders } = await signedBatch('Forge');
    const forged: BatchContent = { ...content, batchId: randomUUID() };
    const tree = new BatchTree(orders.map(({ digest }) => digest ?? new Uint8Array()));
    const [first] = orders;
    if (!first?.digest) throw new Error('no order');
    await write(first.id, first.digest, tree.signatureFor(0, writeBatchContent(forged).bytes, signature));
    await world.signer.orders.run();
    expect(await refusalsOf([first.id])).toEqual(['not-enough-approvals']);
  });

  it('gets the good one approved by the same means: it is the tree that counts', async () => {
    const { content, signature, orders } = await signedBatch('Good');
    const tree = new BatchTree(orders.map(({ digest }) => digest ?? new Uint8Array()));
    const [, second] = orders;
    if (!second?.digest) throw new Error('no order');
    await write(second.id, second.digest, tree.signatureFor(1, writeBatchContent(content).bytes, signature));
    await world.signer.orders.run();
    expect(await refusalsOf([second.id])).toEqual([]);
    expect((await ordersOf(content.batchId))[1]?.state).toBe('redeemable');
  });

  it('shows an approver no other orders than are signed', async () => {
    const { content, orders } = await signedBatch('Shown');
    const [stranger] = await ordersOf(
      (await create({ importId: await importWithOrders(world, calls, 'Odd', 1) })).body.id,
    );
    const sql = `update batch_orders set order_id = '${stranger?.id}' where batch_id = '${content.batchId}' and leaf = 3`;
    await asSuperuser(world, ['batch_orders'], sql);
    await expect(readBatch(client, content.batchId)).rejects.toMatchObject({ code: 'batch-tampered' });
    await asSuperuser(
      world,
      ['batch_orders'],
      `delete from batch_orders where batch_id = '${content.batchId}' and leaf = 3`,
    );
    await expect(readBatch(client, content.batchId)).rejects.toMatchObject({ code: 'batch-tampered' });
    expect((await approveBatch(calls, content.batchId, world.operators[0])).status).toBe(500);
    expect((await ordersOf(content.batchId)).every(({ state }) => state === 'pending')).toBe(true);
    expect(orders).toHaveLength(5);
  });
});
