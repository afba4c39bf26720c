import { existsSync, lstatSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@see/db';
import { describe, expect, it } from 'vitest';
import type { Status } from '../../services/see/src/status.ts';
import { query } from '../support/query.ts';
import { programs, spawnCommand } from '../support/see-command.ts';
import {
  addRow,
  answers,
  expectDown,
  make,
  makeRunning,
  rows,
  servicesOf,
  supervisorOf,
} from '../support/supervised.ts';
import { waitUntil } from '../support/wait-until.ts';

describe('an instance that runs', () => {
  it('tells what runs, refuses a second start and stops', async () => {
    const instance = await makeRunning();
    const status = await instance.seeJson<Status>('status');
    expect(status).toMatchObject({ running: true, phase: 'running', database: { kind: 'embedded', answers: true } });
    expect(Object.keys(status.services).sort()).toEqual([...serviceNames].sort());
    expect(status.database.cluster).toBe(join(instance.layout.stateDir, 'postgres'));
    expect(await answers(instance)).toBe(true);

    const second = await instance.see('start');
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(
      `already running, since ${status.supervisor?.since}, pid ${status.supervisor?.pid}`,
    );
    expect(await answers(instance)).toBe(true);

    const processes = [supervisorOf(instance), ...servicesOf(instance), instance.database.identity];
    expect((await instance.see('stop')).code).toBe(0);
    expect((await instance.running?.ended)?.code).toBe(0);
    await expectDown(instance, processes);
    expect((await instance.see('status')).code).toBe(1);
    expect((await instance.see('stop')).stdout).toContain('Nothing was running');
  });

  it('drains on INT, TERM and HUP and starts again with its data', async () => {
    const instance = await make();
    const log = (): string => readFileSync(instance.layout.database.logFile, 'utf8');
    const acknowledged: number[] = [];
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      await instance.start();
      acknowledged.push(acknowledged.length);
      await addRow(instance, acknowledged.length - 1);
      const processes = [supervisorOf(instance), ...servicesOf(instance), instance.database.identity];
      instance.running?.child.kill(signal);
      const result = await instance.running?.ended;
      expect(result?.code).toBe(0);
      expect(result?.stdout).toContain('Stopped');
      await expectDown(instance, processes);
    }
    await instance.start();
    expect(await rows(instance)).toEqual(acknowledged);
    expect(log().match(/database system is shut down/g)).toHaveLength(3);
    expect(log()).not.toContain('was not properly shut down');
  });

  it('drains when it is stopped while it starts', async () => {
    const instance = await make();
    const first = spawnCommand(process.execPath, [programs.fixture, 'start'], { environment: instance.environment });
    await waitUntil(
      'the cluster',
      () => existsSync(instance.dataDir) && existsSync(join(instance.layout.stateDir, 'postgres')),
    );
    first.child.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);
    expect(() => instance.database).toThrow('does not run');
    await instance.start();
    expect(await answers(instance)).toBe(true);
  });
});

describe('the database of an instance', () => {
  it('is UTF-8, durable, without network, and each login is weak', async () => {
    const instance = await makeRunning();
    const { ownerUrl, superuserUrl } = instance.database;
    const found = await query<{ name: string; setting: string }>(
      superuserUrl,
      `select name, setting from pg_settings where name = any($1) order by name`,
      [
        [
          'server_encoding',
          'data_checksums',
          'fsync',
          'full_page_writes',
          'synchronous_commit',
          'listen_addresses',
          'lc_collate',
          'password_encryption',
        ],
      ],
    );
    expect(Object.fromEntries(found.map(({ name, setting }) => [name, setting]))).toEqual({
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '',
      password_encryption: 'scram-sha-256',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
    });
    const hba = readFileSync(join(instance.layout.stateDir, 'postgres', 'pg_hba.conf'), 'utf8');
    expect(hba.split('\n').filter((line) => /^\s*(local|host)/.test(line) && !line.includes('scram-sha-256'))).toEqual(
      [],
    );
    const [owner] = await query<{ rolsuper: boolean }>(
      ownerUrl,
      'select rolsuper from pg_roles where rolname = session_user',
    );
    expect(owner?.rolsuper).toBe(false);
    for (const service of serviceNames) {
      const url = instance.serviceUrl(service);
      await expect(query(url, 'create table mine (id int)')).rejects.toMatchObject({ code: '42501' });
      await expect(query(url, 'set role see_owner')).rejects.toMatchObject({ code: '42501' });
      await expect(query(url.replace('/see?', '/postgres?'), 'select 1')).rejects.toMatchObject({ code: '42501' });
      const wrong = new URL(url);
      wrong.password = 'wrong';
      await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    }
    const run = lstatSync(instance.database.runDir);
    expect(run.mode & 0o007).toBe(0);
    expect(lstatSync(join(instance.database.runDir, '.s.PGSQL.5432')).mode & 0o007).toBe(0);
  });

  it('keeps its socket in a short folder of ours when the data folder has a long path', async () => {
    const instance = await makeRunning({ suffix: `${'long-folder-name/'.repeat(8)}var` });
    expect(instance.database.runDir.length).toBeLessThan(90);
    expect(lstatSync(instance.database.runDir).mode & 0o007).toBe(0);
    expect(await answers(instance)).toBe(true);
    rmSync(instance.database.runDir, { recursive: true, force: true });
  });

  it('is made by one of two starts at the same moment', async () => {
    const instance = await make();
    const commands = [1, 2].map(() =>
      spawnCommand(process.execPath, [programs.fixture, 'start'], { environment: instance.environment }),
    );
    await waitUntil(
      'one to be up and one refused',
      () => {
        const up = commands.filter((command) => command.output().includes('SEE PKI is up'));
        const refused = commands.filter((command) => command.child.exitCode === 1);
        return up.length === 1 && refused.length === 1;
      },
      20_000,
    ).catch((error: unknown) => {
      const said = commands.map(({ child, output }) => `exit code ${child.exitCode}:\n${output()}`);
      throw new Error(`of two starts, ${said.join('\nthe other ')}`, { cause: error });
    });
    const refused = commands.find((command) => command.child.exitCode === 1);
    expect(refused?.output()).toContain('already running');
    expect((await instance.see('stop')).code).toBe(0);
    for (const command of commands) await command.ended;
  });
});
