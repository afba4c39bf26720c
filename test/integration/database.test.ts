import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  assertServiceLogin,
  type Database,
  ensureLoginsOn,
  inspectDatabase,
  type Migration,
  migrate,
  notify,
  onCommit,
  openDatabase,
  renderSchema,
  sqlState,
  startListening,
  type Tx,
  type Wake,
  withTransaction,
} from '@see/db';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { query } from '../support/query.ts';
import { waitUntil } from '../support/wait-until.ts';

let server: TestDatabase;
let folder = '';
beforeAll(async () => {
  server = await startDatabase();
  folder = mkdtempSync(join(tmpdir(), 'see-migrations-'));
});
afterAll(async () => {
  await server.remove();
  rmSync(folder, { recursive: true });
});

async function withDatabase(url: string, work: (db: Database) => Promise<void>): Promise<void> {
  const db = openDatabase(url, { applicationName: 'see test', max: 4 });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
}

describe('values', () => {
  it('are read as declared', async () => {
    await withDatabase(server.postgres.ownerUrl, async (db) => {
      const answer = await sql<Record<string, unknown>>`select
        9007199254740991::int8 as big, '\\x00ff'::bytea as bytes, ''::bytea as none,
        '2026-11-22T01:02:03.004Z'::timestamptz as at, '2026-11-22'::date as day, 1.50::numeric as exact,
        '{"a":[1]}'::jsonb as json, array[1, null, 2]::int8[] as bigs, array['\\x01', '\\x']::bytea[] as parts,
        array['a', 'b,"c'] as words, array[]::bytea[] as empty`.execute(db);
      const row = answer.rows[0] ?? {};
      expect(row).toEqual({
        big: Number.MAX_SAFE_INTEGER,
        bytes: new Uint8Array([0, 255]),
        none: new Uint8Array(),
        at: new Date('2026-11-22T01:02:03.004Z'),
        day: '2026-11-22',
        exact: '1.50',
        json: { a: [1] },
        bigs: [1, null, 2],
        parts: [new Uint8Array([1]), new Uint8Array()],
        words: ['a', 'b,"c'],
        empty: [],
      });
      expect(Buffer.isBuffer(row['bytes'])).toBe(false);
    });
  });

  it('that do not fit a number exactly are an error, never rounded', async () => {
    await withDatabase(server.postgres.ownerUrl, async (db) => {
      await expect(sql`select 9007199254740992::int8 as big`.execute(db)).rejects.toThrow('does not fit');
      await expect(sql`select array[-9007199254740992]::int8[] as bigs`.execute(db)).rejects.toThrow('does not fit');
      const answer = await sql<{ n: number }>`select 1::int8 as n`.execute(db);
      expect(answer.rows[0]?.n).toBe(1);
    });
  });
});

describe('statements', () => {
  it('are prepared once a connection, and give what they would give otherwise', async () => {
    await withDatabase(server.postgres.ownerUrl, async (db) => {
      await db.connection().execute(async (connection) => {
        const ask = async (value: string): Promise<unknown> =>
          (await sql<{ echo: string }>`select ${value}::text as echo`.execute(connection)).rows;
        for (const value of ['one', 'two', "three'; select 1"]) expect(await ask(value)).toEqual([{ echo: value }]);
        const prepared = await sql<{ statement: string; times: number }>`
          select statement, generic_plans + custom_plans as times from pg_prepared_statements where statement like '%as echo'`.execute(
          connection,
        );
        expect(prepared.rows).toEqual([{ statement: 'select $1::text as echo', times: 3 }]);
        await expect(sql`select ${'x'}::integer as echo`.execute(connection)).rejects.toThrow('invalid input syntax');
        expect(await ask('four')).toEqual([{ echo: 'four' }]);
      });
    });
  });
});

describe('withTransaction', () => {
  it('commits, then runs the effects; rolls back and runs none', async () => {
    const url = await server.newDatabase();
    await withDatabase(url, async (db) => {
      await sql`create table t (id int primary key)`.execute(db);
      const effects: string[] = [];
      await withTransaction(db, async (tx) => {
        onCommit(tx, () => effects.push('first'));
        await sql`insert into t values (1)`.execute(tx);
        expect(effects).toEqual([]);
      });
      expect(effects).toEqual(['first']);
      const failing = withTransaction(db, async (tx) => {
        onCommit(tx, () => effects.push('second'));
        await sql`insert into t values (2)`.execute(tx);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(effects).toEqual(['first']);
      const rows = await sql<{ id: number }>`select id from t`.execute(db);
      expect(rows.rows).toEqual([{ id: 1 }]);
    });
  });

  it('refuses a query after its end', async () => {
    await withDatabase(server.postgres.ownerUrl, async (db) => {
      let leaked: Tx | undefined;
      await withTransaction(db, async (tx) => {
        leaked = tx;
      });
      if (!leaked) throw new Error('no transaction');
      await expect(sql`select 1`.execute(leaked)).rejects.toThrow('has ended');
      expect(() => onCommit(db as Tx, () => undefined)).toThrow('withTransaction');
    });
  });

  it('repeats a serialization failure as often as asked', async () => {
    const url = await server.newDatabase();
    await withDatabase(url, async (db) => {
      await sql`create table t (n int)`.execute(db);
      await sql`insert into t values (0)`.execute(db);
      const increment = (retries: number): Promise<void> =>
        withTransaction(
          db,
          async (tx) => {
            const found = await sql<{ n: number }>`select n from t`.execute(tx);
            await new Promise((resolve) => setTimeout(resolve, 50));
            await sql`update t set n = ${(found.rows[0]?.n ?? 0) + 1}`.execute(tx);
          },
          { isolation: 'serializable', retries },
        );
      await Promise.all([increment(5), increment(5), increment(5)]);
      const found = await sql<{ n: number }>`select n from t`.execute(db);
      expect(found.rows[0]?.n).toBe(3);
      const once = await Promise.allSettled([increment(0), increment(0)]);
      const failed = once.filter((result) => result.status === 'rejected');
      expect(failed.map((result) => sqlState(result.reason))).toEqual(['40001']);
    });
  });
});

describe('startListening', () => {
  it('coalesces hints, sweeps, and survives the end of the server', async () => {
    const url = server.postgres.ownerUrl;
    const wakes: Wake[] = [];
    const errors: unknown[] = [];
    let running = 0;
    let most = 0;
    const hub = await startListening(url, {
      applicationName: 'see test listen',
      sweepMs: 60_000,
      onError: (error) => errors.push(error),
      listeners: {
        see_orders: async (wake) => {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setTimeout(resolve, 20));
          wakes.push(wake);
          running -= 1;
        },
      },
    });
    await waitUntil('the first sweep', () => wakes.length === 1);
    expect(wakes[0]).toEqual({ hints: [], sweep: true });
    await withDatabase(url, async (db) => {
      await withTransaction(db, async (tx) => {
        await notify(tx, 'see_orders', 1);
        await notify(tx, 'see_orders', 2);
        await notify(tx, 'see_crls', 9);
      });
      await waitUntil('the hints', () => wakes.some((wake) => wake.hints.includes(2)));
      for (let number = 3; number < 30; number++) await notify(db, 'see_orders', number);
      await waitUntil('the last hint', () => wakes.some((wake) => wake.hints.includes(29)));
    });
    expect(wakes.flatMap((wake) => wake.hints)).toEqual(Array.from({ length: 29 }, (_, index) => index + 1));
    expect(wakes.length).toBeLessThan(29);
    expect(most).toBe(1);

    const before = wakes.length;
    await server.restart();
    await waitUntil('the connection', () => hub.connected);
    await waitUntil('a sweep after the reconnect', () => wakes.slice(before).some((wake) => wake.sweep));
    expect(errors).toHaveLength(1);
    await withDatabase(url, (db) => notify(db, 'see_orders', 99));
    await waitUntil('a hint on the new connection', () => wakes.at(-1)?.hints.includes(99));
    await hub.close();
    const end = wakes.length;
    await withDatabase(url, (db) => notify(db, 'see_orders', 100));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(wakes).toHaveLength(end);
  });

  it('sweeps in time, goes on after an error of its listener, and notices a dead connection', async () => {
    const url = server.postgres.ownerUrl;
    let sweeps = 0;
    const errors: string[] = [];
    const hub = await startListening(url, {
      applicationName: 'see test sweeper',
      sweepMs: 50,
      onError: (error, where) => errors.push(`${where}: ${error instanceof Error ? error.message : ''}`),
      listeners: {
        see_audit: async () => {
          sweeps += 1;
          if (sweeps === 2) throw new Error('one bad sweep');
        },
      },
    });
    await waitUntil('five sweeps', () => sweeps >= 5);
    expect(errors).toEqual(['see_audit: one bad sweep']);
    await query(
      server.postgres.superuserUrl,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'see test sweeper'`,
    );
    await waitUntil('the loss', () => errors.length === 2);
    await waitUntil('a new connection', () => hub.connected);
    await hub.close();
  });

  it('throws when the first connection cannot be made', async () => {
    const url = new URL(server.postgres.ownerUrl);
    url.password = 'wrong';
    const options = { applicationName: 'see test', listeners: {}, onError: (): void => undefined };
    await expect(startListening(url.href, options)).rejects.toMatchObject({ code: '28P01' });
  });
});

describe('migrate', () => {
  function step(name: string, text: string): Migration {
    const path = join(folder, `${name}.txt`);
    writeFileSync(path, text);
    return { name, file: pathToFileURL(path), up: async (db) => void (await sql.raw(text).execute(db)) };
  }
  const one = (): Migration => step('20260101-one', 'create table one (id int)');
  const two = (): Migration => step('20260102-two', 'create table two (id int)');

  it('applies what is missing, once, in order, also when two run at the same time', async () => {
    const url = await server.newDatabase();
    expect(await migrate(url, { migrations: [one()] })).toEqual(['20260101-one']);
    const both = await Promise.all([
      migrate(url, { migrations: [one(), two()] }),
      migrate(url, { migrations: [one(), two()] }),
    ]);
    expect(both.flat()).toEqual(['20260102-two']);
    expect(await migrate(url, { migrations: [one(), two()] })).toEqual([]);
  });

  it('rolls a failing step back whole and keeps those before', async () => {
    const url = await server.newDatabase();
    const broken = step('20260102-two', 'create table two (id int); select * from nowhere');
    await expect(migrate(url, { migrations: [one(), broken] })).rejects.toMatchObject({ code: 'migration-failed' });
    expect(
      await query(url, `select to_regclass('one') is not null as one, to_regclass('two') is not null as two`),
    ).toEqual([{ one: true, two: false }]);
    expect(await migrate(url, { migrations: [one(), two()] })).toEqual(['20260102-two']);
  });

  it.each<[string, () => Migration[], string]>([
    [
      'a step that was changed',
      () => [step('20260101-one', 'create table one (id bigint)'), two()],
      'migration-changed',
    ],
    ['an older program', () => [one()], 'database-newer'],
    ['a step put in between', () => [one(), step('20260101-p', 'select 1'), two()], 'migration-order'],
    ['steps out of order', () => [two(), one()], 'migration-order'],
  ])('refuses %s', async (_, list, code) => {
    const url = await server.newDatabase();
    await migrate(url, { migrations: [one(), two()] });
    await expect(migrate(url, { migrations: list() })).rejects.toMatchObject({ code });
  });

  it('refuses a database that is not UTF-8', async () => {
    await query(
      server.postgres.superuserUrl,
      `create database ascii owner see_owner encoding 'SQL_ASCII' locale 'C' template template0`,
    );
    const url = server.postgres.ownerUrl.replace('/see?', '/ascii?');
    await expect(migrate(url, { migrations: [one()] })).rejects.toMatchObject({ code: 'database-unsuitable' });
  });

  it('brings an empty database to the present schema, and the generator reads it', async () => {
    const url = await server.newDatabase();
    const { pending } = await inspectDatabase(url);
    expect(pending.length).toBeGreaterThan(0);
    expect(await migrate(url)).toEqual(pending);
    const facts = await inspectDatabase(url);
    expect(facts).toMatchObject({ pending: [], notDurable: [] });
    expect(Math.abs(facts.clockAheadMs)).toBeLessThan(1_000);
    expect(await renderSchema(url)).toContain('export interface DB {');
  });
});

describe('renderSchema', () => {
  it('knows defaults, identities, unions, arrays, nulls and views, and refuses an unknown type', async () => {
    const url = await server.newDatabase();
    await query(
      url,
      `create table sample_rows (
        id bigint generated always as identity primary key, code text not null check (code in ('a', 'b''c', 'd')),
        free text, made timestamptz not null default now(), bytes bytea[] not null, size int generated always as (1) stored);
       create view sample_view as select id, code from sample_rows;
       comment on column sample_view.id is 'not null'`,
    );
    const source = await renderSchema(url);
    expect(source).toContain(`export interface SampleRows {
  id: GeneratedAlways<Int8>;
  code: string;
  free: string | null;
  made: Generated<Date>;
  bytes: Uint8Array[];
  size: GeneratedAlways<number | null>;
}`);
    expect(source).toContain(`export interface SampleView {
  id: GeneratedAlways<Int8>;
  code: GeneratedAlways<string | null>;
}`);
    await query(url, `create table states (s text not null check (s in ('on', 'off')))`);
    expect(await renderSchema(url)).toContain(`s: 'on' | 'off';`);
    await query(url, 'create table odd (p point)');
    await expect(renderSchema(url)).rejects.toThrow('point');
  });
});

describe('assertServiceLogin', () => {
  const url = (login: string, password: string): string => {
    const it = new URL(server.postgres.ownerUrl);
    it.username = login;
    it.password = password;
    return it.href;
  };
  const check = async (target: string, service: 'ra' | 'va'): Promise<void> => {
    await withDatabase(target, (db) => assertServiceLogin(db, service));
  };

  it('takes the login that the launcher made', async () => {
    await check(server.postgres.serviceUrl('ra'), 'ra');
  });

  it('refuses the owner, the superuser and the login of another service', async () => {
    await expect(check(server.postgres.ownerUrl, 'ra')).rejects.toThrow(/must log in as see_ra.*owns/);
    await expect(check(server.postgres.superuserUrl, 'ra')).rejects.toThrow('superuser');
    await expect(check(server.postgres.serviceUrl('va'), 'ra')).rejects.toThrow('must log in as see_ra');
  });

  it.each([
    ['is superuser', 'alter role see_ra superuser', 'alter role see_ra nosuperuser', 'superuser'],
    ['may make roles', 'alter role see_ra createrole', 'alter role see_ra nocreaterole', 'superuser'],
    ['bypasses row security', 'alter role see_ra bypassrls', 'alter role see_ra nobypassrls', 'superuser'],
    ['is a member of the owner', 'grant see_owner to see_ra', 'revoke see_owner from see_ra', 'member'],
    [
      'is a member of a predefined role',
      'grant pg_write_all_data to see_ra',
      'revoke pg_write_all_data from see_ra',
      'member',
    ],
    [
      'may make tables',
      'grant create on schema public to see_ra',
      'revoke create on schema public from see_ra',
      'may make',
    ],
    [
      'owns a table',
      'grant create on schema public to see_ra; set role see_ra; create table hers (id int); reset role; revoke create on schema public from see_ra',
      'drop table hers',
      'owns',
    ],
  ])('refuses a login that %s', async (_, strengthen, weaken, message) => {
    await query(server.postgres.superuserUrl, strengthen);
    try {
      await expect(check(server.postgres.serviceUrl('ra'), 'ra')).rejects.toMatchObject({ code: 'login-too-strong' });
      await expect(check(server.postgres.serviceUrl('ra'), 'ra')).rejects.toThrow(message);
    } finally {
      await query(server.postgres.superuserUrl, weaken);
    }
    await check(server.postgres.serviceUrl('ra'), 'ra');
  });

  it('on an external database logins are made once by an owner that may, and asked for otherwise', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'see-logins-'));
    await query(
      server.postgres.superuserUrl,
      `create role maker login createrole password 'maker-password'; create role plain login password 'plain-password'`,
    );
    await query(server.postgres.superuserUrl, 'grant connect on database see to maker, plain');
    const given = {
      ra: server.postgres.serviceUrl('ra'),
      signer: 'postgresql://s',
      va: 'postgresql://v',
      worker: 'postgresql://w',
    };
    await expect(ensureLoginsOn(url('plain', 'plain-password'), stateDir, given)).rejects.toThrow(
      /see_desk.*SEE_DATABASE_URL_DESK/,
    );
    await query(server.postgres.superuserUrl, 'alter role see_desk rename to see_desk_before');
    const made = await ensureLoginsOn(url('maker', 'maker-password'), stateDir, given);
    expect({ ...made, desk: '' }).toEqual({ ...given, desk: '' });
    await query(server.postgres.superuserUrl, 'grant connect on database see to see_desk');
    await withDatabase(made.desk, (db) => assertServiceLogin(db, 'desk'));
    expect(await ensureLoginsOn(url('maker', 'maker-password'), stateDir, given)).toEqual(made);
    rmSync(stateDir, { recursive: true });
  });
});
