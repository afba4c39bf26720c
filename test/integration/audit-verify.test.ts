import { exportAudit, verifyAudit } from '@see/cli';
import { AuthorityFollower, type Database, openDatabase, writeAudit } from '@see/db';
import { AuditSequencer, auditLeafData, readLogRows, readSignedCheckpoint } from '@see/db/log';
import type { Authority } from '@see/domain';
import { inclusionFault, leafHash, parseCheckpointNote } from '@see/merkle';
import { canonicalBytes } from '@see/statement';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CheckpointDesk } from '../../services/worker/src/checkpoint-desk.ts';
import { query } from '../support/query.ts';
import { makeWorld, type World } from '../support/world.ts';

const TABLES = ['audit_events', 'log_entries', 'checkpoints'] as const;

let world: World;
let workerDb: Database;
let authority: Authority;
let signed: number;

/** Events as ra writes them, put into the log, and a checkpoint over all of it. */
async function grow(count: number): Promise<void> {
  await writeAudit(
    world.ra,
    Array.from({ length: count }, (_, index) => ({
      kind: 'order.test',
      outcome: 'success',
      actor: { personId: '0123456789ABCDEF', role: 'sponsor' },
      objectType: 'order',
      objectId: String(index),
      detail: { index, before: null, after: 'pending' },
    })),
  );
  await new AuditSequencer(workerDb, () => 0).run();
}
async function sign(): Promise<number> {
  const size = await new CheckpointDesk(workerDb).run();
  await world.signer.checkpoints.run();
  if (size === undefined) throw new Error('nothing was proposed');
  return size;
}

/** What someone does who owns the database server: triggers and foreign keys switched off. */
async function attack(statements: string): Promise<void> {
  const off = TABLES.map((table) => `alter table ${table} disable trigger all;`).join(' ');
  const on = TABLES.map(
    (table) => `alter table ${table} enable trigger all; alter table ${table} enable always trigger sealed;`,
  );
  await query(world.postgres.superuserUrl, `begin; ${off} ${statements}; ${on.join(' ')} commit`);
}
const verify = (known?: { size: number; root: Uint8Array }) =>
  verifyAudit(world.owner, authority, world.instance.instance, known ? { known } : {});

beforeAll(async () => {
  world = await makeWorld();
  workerDb = openDatabase(world.postgres.serviceUrl('worker'), { applicationName: 'test worker' });
  authority = await new AuthorityFollower(world.owner, Uint8Array.fromHex(world.instance.anchor)).refresh();
  await grow(700);
  await sign();
  await grow(20);
  await sign();
  await grow(300);
  signed = await sign();
  await grow(10);
  for (const table of TABLES) await query(world.postgres.superuserUrl, `create table kept_${table} as table ${table}`);
});
afterAll(async () => {
  await workerDb?.destroy();
  await world?.close();
});
afterEach(async () => {
  const restore = TABLES.map(
    (table) =>
      `delete from ${table}; insert into ${table} ${table === 'audit_events' ? 'overriding system value ' : ''}select * from kept_${table}`,
  );
  await attack(restore.join('; '));
});

describe('an untouched log', () => {
  it('is verified from the events to the signature', async () => {
    const report = await verify();
    expect(report).toMatchObject({ ok: true, checkpoints: 3, covered: signed, uncovered: 10, unsequenced: 0 });
    expect(report.entries).toBe(signed + 10);
    expect(report.break).toBeUndefined();
  });

  it('holds against the signer’s own last checkpoint', async () => {
    const [last] = await world.owner.selectFrom('checkpoints').select('note').orderBy('tree_size', 'desc').execute();
    const { size, root } = readSignedCheckpoint(last?.note ?? '', authority);
    expect(size).toBe(signed);
    expect(await verify({ size, root })).toMatchObject({ ok: true });
    expect(await verify({ size, root: leafHash(root) })).toMatchObject({ ok: false, break: { code: 'root-differs' } });
  });

  it('says what is not in the log yet', async () => {
    await writeAudit(world.ra, [
      { kind: 'order.late', outcome: 'failure', actor: { process: 'ra' }, objectType: 'order', objectId: 'x' },
    ]);
    expect(await verify()).toMatchObject({ ok: true, unsequenced: 1 });
  });

  it('belongs to one instance', async () => {
    const other = verifyAudit(world.owner, authority, '00000000-0000-4000-8000-000000000000');
    await expect(other).rejects.toThrow(expect.objectContaining({ code: 'other-instance' }));
  });
});

describe('whoever owns the database is found out', () => {
  const changes: [string, string, Record<string, unknown>][] = [
    ['edits the detail', `update audit_events set detail = '{"index": 41}' where id = 50`, { code: 'event-changed' }],
    [
      'edits a number in the detail by nothing to speak of',
      `update audit_events set detail = jsonb_set(detail, '{index}', '1.00000000000000000001') where id = 50`,
      { code: 'event-changed' },
    ],
    ['edits the actor', `update audit_events set actor = '{"process": "ra"}' where id = 50`, { code: 'event-changed' }],
    ['edits the outcome', `update audit_events set outcome = 'failure' where id = 50`, { code: 'event-changed' }],
    ['edits the login', `update audit_events set login = 'see_desk' where id = 50`, { code: 'event-changed' }],
    [
      'edits the time',
      `update audit_events set at = at + interval '1 millisecond' where id = 50`,
      { code: 'event-changed' },
    ],
    ['sets the time to none', `update audit_events set at = 'infinity' where id = 50`, { code: 'event-changed' }],
    ['edits the object', `update audit_events set object_id = 'y' where id = 50`, { code: 'event-changed' }],
    ['edits the leaf', `update log_entries set leaf_hash = sha256('x') where event_id = 50`, { code: 'event-changed' }],
    ['deletes the event', 'delete from audit_events where id = 50', { code: 'event-missing' }],
    ['deletes the entry', 'delete from log_entries where event_id = 50', { code: 'entry-missing', eventId: undefined }],
    [
      'deletes both',
      'delete from log_entries where event_id = 50; delete from audit_events where id = 50',
      { code: 'entry-missing', eventId: undefined },
    ],
    [
      'swaps the events of two entries',
      'update log_entries set event_id = -event_id where event_id in (50, 51); update log_entries set event_id = 101 + event_id where event_id < 0',
      { code: 'event-changed', eventId: 51 },
    ],
    [
      'swaps two entries with their hashes',
      'update log_entries set seq = 1000000 + seq where event_id in (50, 51); update log_entries set seq = (select sum(seq) from log_entries where seq >= 1000000) - 1000000 - seq where seq >= 1000000',
      { code: 'root-differs', eventId: undefined, seq: 0 },
    ],
  ];
  it.each(changes)('%s', async (_, statements, expected) => {
    const rows = await readLogRows(world.owner, 0, 2000);
    const seq = rows.find(({ eventId }) => eventId === 50)?.seq;
    await attack(statements);
    const report = await verify();
    expect(report.ok).toBe(false);
    const { code, seq: at, eventId } = report.break ?? {};
    expect({ code, seq: at, eventId }).toEqual({ seq, eventId: 50, ...expected });
    expect(report.break?.message.length).toBeGreaterThan(20);
  });

  it('edits an event and its hash: the checkpoint shows it', async () => {
    await attack(`update audit_events set detail = '{"index": 0}' where id = 720`);
    const rows = await readLogRows(world.owner, 0, 2000);
    const changed = rows.find(({ eventId }) => eventId === 720);
    if (!changed?.event) throw new Error('no event 720');
    await attack(
      `update log_entries set leaf_hash = '\\x${leafHash(auditLeafData(changed.event)).toHex()}' where event_id = 720`,
    );
    const sizes = (await world.owner.selectFrom('checkpoints').select('tree_size').orderBy('tree_size').execute()).map(
      (row) => row.tree_size,
    );
    const covering = sizes.find((size) => size > changed.seq) ?? 0;
    const before = sizes.filter((size) => size <= changed.seq).at(-1) ?? 0;
    expect((await verify()).break).toMatchObject({ code: 'root-differs', seq: before, checkpoint: covering });
  });

  it('deletes an event and closes the gap', async () => {
    await attack(
      'delete from log_entries where event_id = 50; delete from audit_events where id = 50; update log_entries set seq = 1000000 + seq where event_id > 50; update log_entries set seq = seq - 1000001 where seq >= 1000000',
    );
    expect((await verify()).break).toMatchObject({ code: 'root-differs', seq: 0 });
  });

  it('adds an event to the past', async () => {
    await attack(
      `update log_entries set seq = 1000000 + seq where seq >= 100; update log_entries set seq = seq - 999999 where seq >= 1000000;
       insert into audit_events (id, at, login, kind, outcome, actor, object_type, object_id) overriding system value values (99999, now(), 'see_ra', 'order.forged', 'success', '{}', 'order', 'x')`,
    );
    const [forged] = await query<{ at: Date }>(
      world.postgres.superuserUrl,
      'select at from audit_events where id = 99999',
    );
    const data = auditLeafData({
      id: 99999,
      at: forged?.at ?? new Date(0),
      login: 'see_ra',
      kind: 'order.forged',
      outcome: 'success',
      actor: '{}',
      objectType: 'order',
      objectId: 'x',
      detail: '{}',
    });
    await attack(`insert into log_entries values (100, 99999, '\\x${leafHash(data).toHex()}')`);
    expect((await verify()).break).toMatchObject({ code: 'root-differs', seq: 0 });
  });

  it('cuts the log back', async () => {
    await attack('delete from log_entries where seq >= 715; delete from audit_events where id > 800');
    const report = await verify();
    expect(report.break).toMatchObject({ code: 'log-truncated', seq: 715 });
    expect(report.entries).toBe(715);
  });

  it('cuts the log back with its checkpoints: only what is kept elsewhere shows it', async () => {
    const [last] = await world.owner
      .selectFrom('checkpoints')
      .select(['tree_size', 'root_hash'])
      .orderBy('tree_size', 'desc')
      .execute();
    await attack(
      'delete from checkpoints where tree_size > (select min(tree_size) from checkpoints); delete from audit_events where id in (select event_id from log_entries where seq >= (select max(tree_size) from checkpoints)); delete from log_entries where seq >= (select max(tree_size) from checkpoints)',
    );
    const younger = await verify();
    expect(younger).toMatchObject({ ok: true, unsequenced: 0 });
    expect(younger.entries).toBeLessThan(signed);
    const report = await verify({ size: last?.tree_size ?? 0, root: last?.root_hash ?? new Uint8Array(32) });
    expect(report.break).toMatchObject({ code: 'log-truncated', seq: younger.entries, checkpoint: signed });
  });

  it.each([
    ['the root of the row', `update checkpoints set root_hash = sha256('x')`],
    ['the size of the row', 'update checkpoints set tree_size = tree_size - 1'],
    [
      'a checkpoint of another',
      `update checkpoints set note = (select note from checkpoints order by tree_size limit 1) where tree_size > 720`,
    ],
    [
      'the signed size',
      `update checkpoints set note = replace(note, E'\\n' || tree_size || E'\\n', E'\\n' || tree_size - 1 || E'\\n'), tree_size = tree_size - 1`,
    ],
    ['the note', `update checkpoints set note = 'signed, honestly'`],
    ['the signature', `update checkpoints set note = replace(note, right(note, 12), 'AAAAAAAAAA==')`],
    ['whose signature it is', `update checkpoints set note = replace(note, '— ', '— x')`],
    ['the instance', `update checkpoints set note = replace(note, 'see-pki/', 'see-pki/x')`],
  ])('forges a checkpoint: %s', async (_, statements) => {
    await attack(statements);
    expect((await verify()).break).toMatchObject({ code: 'checkpoint-forged' });
  });
});

describe('the export', () => {
  it('proves each entry to someone who has nothing else', async () => {
    const lines: string[] = [];
    const result = await exportAudit(world.owner, authority, (line) => {
      lines.push(line);
    });
    expect(result).toEqual({ entries: signed + 10, proven: signed });
    const head = JSON.parse(lines.shift() ?? '') as { checkpoint: string; instance: string };
    expect(head.instance).toBe(world.instance.instance);
    const { size, root } = parseCheckpointNote(head.checkpoint);
    expect(lines).toHaveLength(signed + 10);
    for (const [index, line] of lines.entries()) {
      const entry = JSON.parse(line) as { seq: number; event: unknown; proof: string[] | null };
      expect(entry.seq).toBe(index);
      if (index >= size) {
        expect(entry.proof).toBeNull();
        continue;
      }
      const proof = (entry.proof ?? []).map((hash) => Uint8Array.fromBase64(hash));
      const leaf = leafHash(canonicalBytes(entry.event));
      expect(inclusionFault({ index, size, leafHash: leaf, root, proof })).toBeUndefined();
    }
  });

  it.each([
    ['an event', `update audit_events set outcome = 'failure' where id = 50`],
    ['a leaf', `update log_entries set leaf_hash = sha256('x') where event_id = 50`],
    ['the order', 'delete from log_entries where event_id = 50'],
  ])('stops at a changed log: %s', async (_, statements) => {
    await attack(statements);
    const result = exportAudit(world.owner, authority, () => undefined);
    await expect(result).rejects.toThrow(/audit-broken|no entry/);
  });
});
