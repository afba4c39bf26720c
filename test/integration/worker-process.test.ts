import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { verifyAudit } from '@see/cli';
import { AuthorityFollower } from '@see/db';
import { type OrderDraft, readOrderContent } from '@see/domain';
import { evaluationPassphraseFile, serviceEnvironment } from '@see/process';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../support/query.ts';
import { waitUntil } from '../support/wait-until.ts';
import { draftForPerson, openWorkerDesks, storeDraft, type WorkerDesks } from '../support/worker-desks.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let desks: WorkerDesks;
const children: ChildProcess[] = [];
let output = '';

/** The real worker, as the supervisor starts it. Resolves when it is ready. */
async function startWorker(): Promise<ChildProcess> {
  const environment = serviceEnvironment(
    {
      service: 'worker',
      instance: world.instance,
      layout: world.layout,
      databaseUrl: world.postgres.serviceUrl('worker'),
    },
    process.env,
  );
  environment['SEE_WORKER_PASSPHRASE_FILE'] = evaluationPassphraseFile(world.layout, 'worker');
  const main = new URL('../../services/worker/src/main.ts', import.meta.url).pathname;
  const child = fork(main, { env: environment, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  children.push(child);
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`the worker ended: ${output.slice(-2000)}`))),
  ]);
  return child;
}
async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
const statesOf = async (drafts: readonly OrderDraft[]): Promise<string[]> => {
  const ids = drafts.map(({ orderId }) => orderId);
  const rows = await world.owner.selectFrom('orders').select('state').where('id', 'in', ids).execute();
  return rows.map(({ state }) => state);
};
const codeOf = async ({ orderId, nonce }: OrderDraft) => (await desks.codes.derive(orderId, nonce)).code;

beforeAll(async () => {
  world = await makeWorld();
  desks = await openWorkerDesks(world);
});
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) await kill(child);
});
afterAll(async () => {
  await desks?.close();
  await world?.close();
});

describe('the worker', () => {
  it('is killed again and again, and in the end each code was bound once and mailed', async () => {
    const drafts: OrderDraft[] = [];
    for (let round = 0; round < 6; round++) {
      for (let count = 0; count < 3; count++) drafts.push(await storeDraft(world, await draftForPerson(world)));
      const child = await startWorker();
      // Deriving a key takes a tenth of a second: each kill meets another point.
      await new Promise((resolve) => setTimeout(resolve, round * 60));
      await kill(child);
    }
    await startWorker();
    await waitUntil('every code is bound', async () => (await statesOf(drafts)).every((state) => state === 'pending'));
    for (const { orderId } of drafts) {
      const { content } = await world.owner
        .selectFrom('orders')
        .select('content')
        .where('id', '=', orderId)
        .executeTakeFirstOrThrow();
      await world.approve(readOrderContent(content ?? new Uint8Array()), [world.operators[0]]);
    }
    await world.signer.orders.run();
    await waitUntil('every code is mailed', async () => {
      const rows = await world.owner.selectFrom('deliveries').select('order_id').execute();
      return rows.length === drafts.length * 2;
    });
    const outbox = join(world.layout.stateDir, 'outbox');
    // On a working day in New Zealand the operators get their digest too.
    const ofOrders = readdirSync(outbox).filter((name) => !name.endsWith('-digest.eml'));
    expect(ofOrders.sort()).toEqual(
      drafts.flatMap(({ orderId }) => [`${orderId}-code.eml`, `${orderId}-link.eml`]).sort(),
    );
    for (const draft of drafts) {
      expect(readFileSync(join(outbox, `${draft.orderId}-code.eml`), 'utf8')).toContain(await codeOf(draft));
    }
    const bound = await world.owner
      .selectFrom('audit_events')
      .select('object_id')
      .where('kind', '=', 'code.bound')
      .execute();
    expect(bound.map(({ object_id }) => object_id).sort()).toEqual(drafts.map(({ orderId }) => orderId).sort());
  });

  it('is killed between hand-over and record, and the same mail is sent again and recorded once', async () => {
    const draft = await storeDraft(world, await draftForPerson(world));
    await desks.codeDesk().run();
    const { orderId } = draft;
    const row = world.owner.selectFrom('orders').select('content').where('id', '=', orderId);
    const { content } = await row.executeTakeFirstOrThrow();
    await world.approve(readOrderContent(content ?? new Uint8Array()), [world.operators[0]]);
    await world.signer.orders.run();
    const file = join(world.layout.stateDir, 'outbox', `${orderId}-code.eml`);
    const mails = () =>
      world.owner.selectFrom('mails').select(['state', 'attempts']).where('order_id', '=', orderId).execute();
    await world.owner.transaction().execute(async (tx) => {
      // Nobody can record a delivery while this lasts.
      await sql`lock table deliveries in exclusive mode`.execute(tx);
      const child = await startWorker();
      await waitUntil('the mail is handed over', () => existsSync(file));
      await kill(child);
    });
    expect((await mails()).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    rmSync(file);
    // The dead worker's silence is made longer than it was, and the wait before the next try shorter.
    const silence = `update pgboss.job set heartbeat_on = now() - interval '1 minute' where name = 'mail' and state = 'active'`;
    await query(world.postgres.superuserUrl, silence);
    await startWorker();
    const recorded = async (): Promise<boolean> => {
      await desks.makeDue();
      return (await mails()).every(({ state }) => state === 'sent');
    };
    await waitUntil('it is recorded', recorded, 60_000);
    expect(readFileSync(file, 'utf8')).toContain(await codeOf(draft));
    const events = world.owner.selectFrom('audit_events').select('kind').where('object_id', '=', orderId);
    const told = await events.where('kind', 'like', 'delivery.%').execute();
    expect(told.map(({ kind }) => kind).toSorted()).toEqual(['delivery.code', 'delivery.link']);
  });

  it('keeps the audit log up within seconds, and has it signed', async () => {
    await startWorker();
    const draft = await storeDraft(world, await draftForPerson(world));
    await waitUntil('the code is bound', async () => (await statesOf([draft]))[0] === 'pending');
    const authority = await new AuthorityFollower(world.owner, Uint8Array.fromHex(world.instance.anchor)).refresh();
    await waitUntil('everything is under a checkpoint', async () => {
      await world.signer.checkpoints.run();
      const report = await verifyAudit(world.owner, authority, world.instance.instance);
      expect(report.ok).toBe(true);
      return report.checkpoints > 0 && report.uncovered + report.unsequenced === 0;
    });
  });

  it('beats, ends in order on SIGTERM, and says no secret', async () => {
    const child = await startWorker();
    const beat = await world.owner
      .selectFrom('heartbeats')
      .selectAll()
      .where('process', '=', 'worker')
      .executeTakeFirst();
    expect(beat).toMatchObject({ pid: child.pid, detail: { mail: 'outbox' } });
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    const drafts = (await world.owner.selectFrom('orders').select('draft').execute()).map(
      (row) => row.draft as OrderDraft,
    );
    for (const draft of drafts) expect(output).not.toContain(await codeOf(draft));
    expect(output).not.toContain(new URL(world.postgres.serviceUrl('worker')).password);
    expect(output.split('\n').filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});
