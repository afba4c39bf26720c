import { type AuditEvent, type Database, openDatabase, withTransaction, writeAudit } from '@see/db';
import { AuditSequencer, readLogRows, readProposals, sequenceEvents } from '@see/db/log';
import { consistencyFault } from '@see/merkle';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CheckpointDesk } from '../../services/worker/src/checkpoint-desk.ts';
import { query } from '../support/query.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let workerDb: Database;

const event = (objectId: string, more: Partial<AuditEvent> = {}): AuditEvent => ({
  kind: 'order.test',
  outcome: 'success',
  actor: { process: 'ra' },
  objectType: 'order',
  objectId,
  ...more,
});
const events = (count: number): AuditEvent[] => Array.from({ length: count }, (_, index) => event(String(index)));

/** The objects of the newest entries, in the order of the log. */
async function newest(count: number): Promise<(string | undefined)[]> {
  const rows = await readLogRows(world.owner, 0, 100_000);
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index));
  return rows.slice(-count).map((row) => row.event?.objectId);
}

beforeAll(async () => {
  world = await makeWorld();
  workerDb = openDatabase(world.postgres.serviceUrl('worker'), { applicationName: 'test worker' });
});
afterAll(async () => {
  await workerDb?.destroy();
  await world?.close();
});
beforeEach(async () => {
  await new AuditSequencer(workerDb, () => 0).run();
});

describe('the sequencer', () => {
  it('takes an event that commits after one with a higher id', async () => {
    const sequencer = new AuditSequencer(workerDb, () => 0);
    await sequencer.run();
    await withTransaction(world.ra, async (tx) => {
      await writeAudit(tx, [event('slow')]);
      await writeAudit(world.ra, [event('fast')]);
      expect(await sequencer.run()).toBe(1);
      expect(await newest(1)).toEqual(['fast']);
    });
    expect(await sequencer.run()).toBe(1);
    expect(await newest(2)).toEqual(['fast', 'slow']);
  });

  it('takes one that commits later than thousands of others at the next full search', async () => {
    let now = 0;
    const sequencer = new AuditSequencer(workerDb, () => now);
    await sequencer.run();
    await withTransaction(world.ra, async (tx) => {
      await writeAudit(tx, [event('very slow')]);
      await writeAudit(world.ra, events(6000));
      expect(await sequencer.run()).toBe(6000);
    });
    expect(await sequencer.run()).toBe(0);
    now = 300_000;
    expect(await sequencer.run()).toBe(1);
    expect(await newest(1)).toEqual(['very slow']);
  });

  it('is alone however many run, and leaves no gap', async () => {
    await writeAudit(world.ra, events(3500));
    const others = Array.from({ length: 4 }, () => new AuditSequencer(workerDb, () => 0));
    const counts = await Promise.all(others.map((sequencer) => sequencer.run()));
    const rest = await new AuditSequencer(workerDb, () => 0).run();
    expect(counts.reduce((sum, count) => sum + count, rest)).toBe(3500);
    expect(await newest(3500)).toEqual(events(3500).map(({ objectId }) => objectId));
  });

  it('does nothing while another holds the lock', async () => {
    await writeAudit(world.ra, [event('waits')]);
    await withTransaction(workerDb, async (tx) => {
      await sql`select pg_advisory_xact_lock(${0x5ee}, 1)`.execute(tx);
      expect(await sequenceEvents(workerDb, 0)).toMatchObject({ busy: true, appended: 0 });
    });
    expect(await sequenceEvents(workerDb, 0)).toMatchObject({ busy: false, appended: 1 });
  });

  it('leaves nothing behind when it fails in the middle', async () => {
    await writeAudit(world.ra, events(500));
    const before = (await readLogRows(world.owner, 0, 100_000)).length;
    const dying = openDatabase(world.postgres.serviceUrl('worker'), { applicationName: 'dying sequencer', max: 1 });
    await query(
      world.postgres.superuserUrl,
      `create function die() returns trigger language plpgsql as $$ begin
         if current_setting('application_name') = 'dying sequencer' and new.seq % 400 = 399 then raise exception 'no more room'; end if;
         return new; end $$;
       create trigger die before insert on log_entries for each row execute function die()`,
    );
    await expect(sequenceEvents(dying, 0)).rejects.toThrow(/no more room/);
    await dying.destroy();
    expect((await readLogRows(world.owner, 0, 100_000)).length).toBe(before);
    await query(world.postgres.superuserUrl, 'drop trigger die on log_entries; drop function die()');
    expect(await new AuditSequencer(workerDb, () => 0).run()).toBe(500);
    expect(await newest(500)).toHaveLength(500);
  });

  it('takes what a login wrote past our writer, whatever jsonb can hold', async () => {
    const details = [
      '{"load": 0.5}',
      '{"n": 1e300}',
      '{"n": 123456789012345678901234567890}',
      `${'['.repeat(200)}${']'.repeat(200)}`,
      '"text"',
      '{"a": 1.0}',
      '{"\\u2028": "\\ud83d\\ude00"}',
    ];
    for (const detail of details) {
      await query(
        world.postgres.serviceUrl('ra'),
        `insert into audit_events (kind, outcome, actor, object_type, object_id, detail) values ('order.raw', 'success', $1, 'order', 'raw', $1)`,
        [detail],
      );
    }
    expect(await new AuditSequencer(workerDb, () => 0).run()).toBe(details.length);
    expect(await newest(details.length)).toEqual(details.map(() => 'raw'));
  });

  it.each([
    ['changes an entry', 'update log_entries set leaf_hash = leaf_hash'],
    ['removes an entry', 'delete from log_entries'],
    ['removes all', 'truncate log_entries'],
    ['changes an event', 'update audit_events set detail = detail'],
    ['removes an event', 'delete from audit_events'],
    ['writes a checkpoint', `insert into checkpoints values (1, '\\x00', '', now())`],
  ])('has a login that can do no more: it never %s', async (_, statement) => {
    await expect(query(world.postgres.serviceUrl('worker'), statement)).rejects.toThrow(/permission denied/);
    await expect(
      query(
        world.postgres.ownerUrl,
        statement.replace('insert into checkpoints', 'update checkpoints set note = note; --'),
      ),
    ).rejects.toThrow(/never changed or removed/);
  });
});

describe('the writer of events', () => {
  it('takes text that PostgreSQL would refuse, and refuses what has no canonical form', async () => {
    await writeAudit(world.ra, [event('hostile', { detail: { subject: 'a\0b\ud800' } })]);
    await expect(writeAudit(world.ra, [event('x', { detail: { load: 0.5 } })])).rejects.toThrow(/safe integers/);
    const rows = await query(
      world.postgres.superuserUrl,
      `select detail from audit_events where object_id = 'hostile'`,
    );
    expect(rows).toEqual([{ detail: { subject: 'a\ufffdb\ufffd' } }]);
  });
});

describe('checkpoints', () => {
  it('are proposed when there is news, signed, and continue each other', async () => {
    const desk = new CheckpointDesk(workerDb);
    const first = await desk.run();
    expect(first).toBeGreaterThan(0);
    expect(await desk.run()).toBeUndefined();
    await world.signer.checkpoints.run();
    for (const count of [1, 2, 300]) {
      await writeAudit(world.ra, events(count));
      await new AuditSequencer(workerDb, () => 0).run();
      const size = await desk.run();
      expect(size).toBeDefined();
      // While the signer has not taken it there is nothing to propose, for a worker that starts anew neither.
      await writeAudit(world.ra, events(1));
      await new AuditSequencer(workerDb, () => 0).run();
      expect(await desk.run()).toBeUndefined();
      expect(await new CheckpointDesk(workerDb).run()).toBeUndefined();
      await world.signer.checkpoints.run();
      expect(await desk.run()).toBe((size ?? 0) + 1);
      await world.signer.checkpoints.run();
    }
    expect(world.alarms).toEqual([]);
    const checkpoints = await world.owner.selectFrom('checkpoints').selectAll().orderBy('tree_size').execute();
    expect(checkpoints).toHaveLength(7);
    for (const [at, { tree_size: newSize, root_hash: newRoot }] of checkpoints.entries()) {
      const previous = checkpoints[at - 1];
      if (!previous) continue;
      const [proposal] = await readProposals(world.owner, previous.tree_size);
      const claim = {
        oldSize: previous.tree_size,
        oldRoot: previous.root_hash,
        newSize,
        newRoot,
        proof: proposal?.proof ?? [],
      };
      expect(consistencyFault(claim)).toBeUndefined();
    }
  });

  it('are not proposed because one was signed', async () => {
    const desk = new CheckpointDesk(workerDb);
    await desk.run();
    await world.signer.checkpoints.run();
    const signerDb = openDatabase(world.postgres.serviceUrl('signer'), { applicationName: 'test signer events' });
    await writeAudit(signerDb, [event('log', { kind: 'checkpoint.signed' })]);
    await signerDb.destroy();
    await new AuditSequencer(workerDb, () => 0).run();
    expect(await desk.run()).toBeUndefined();
    await writeAudit(world.ra, events(1));
    await new AuditSequencer(workerDb, () => 0).run();
    expect(await desk.run()).toBeDefined();
    await world.signer.checkpoints.run();
  });

  it('get another size when one was proposed with a wrong root', async () => {
    await writeAudit(world.ra, events(5));
    await new AuditSequencer(workerDb, () => 0).run();
    const size = (await readLogRows(world.owner, 0, 100_000)).length;
    const last = await world.owner
      .selectFrom('checkpoints')
      .select('tree_size')
      .orderBy('tree_size', 'desc')
      .executeTakeFirst();
    await query(
      world.postgres.serviceUrl('worker'),
      `insert into checkpoint_proposals values ($1, sha256('x'), $2, '{}')`,
      [size, last?.tree_size ?? 0],
    );
    expect(await new CheckpointDesk(workerDb).run()).toBe(size - 1);
  });

  it('are not proposed for a log that does not continue what was signed', async () => {
    await query(
      world.postgres.superuserUrl,
      `begin; alter table log_entries disable trigger all; update log_entries set leaf_hash = sha256('x') where seq = 3; alter table log_entries enable trigger all; commit`,
    );
    await expect(new CheckpointDesk(workerDb).run()).rejects.toThrow(expect.objectContaining({ code: 'log-forked' }));
  });
});
