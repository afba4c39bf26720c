import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, serviceNames } from '@see/db';
import { describe, expect, it } from 'vitest';
import type { Status } from '../../services/see/src/status.ts';
import { whenUp } from '../support/instance.ts';
import { query } from '../support/query.ts';
import { programs, spawnCommand } from '../support/see-command.ts';
import {
  addRow,
  answers,
  expectDown,
  make,
  makeRunning,
  rows,
  serviceOf,
  servicesOf,
  supervisorOf,
} from '../support/supervised.ts';
import { waitUntil } from '../support/wait-until.ts';

describe('kill -9', () => {
  it('of the supervisor: services end by themselves, PostgreSQL is adopted', async () => {
    const instance = await makeRunning();
    await addRow(instance, 1);
    const services = servicesOf(instance);
    const postgres = instance.database.identity;
    expect(services).toHaveLength(serviceNames.length);
    instance.running?.child.kill('SIGKILL');
    await instance.start();
    expect(instance.running?.output()).toContain('adopted');
    expect(instance.database.identity).toEqual(postgres);
    for (const service of services) expect(isRunning(service)).toBe(false);
    expect(await rows(instance)).toEqual([1]);
    expect(await answers(instance)).toBe(true);
  });

  it('of the supervisor, then "see stop": nothing is left', async () => {
    const instance = await makeRunning();
    const processes = [...servicesOf(instance), instance.database.identity];
    instance.running?.child.kill('SIGKILL');
    await instance.running?.ended;
    expect((await instance.see('status')).stdout).toContain('still run');
    expect((await instance.see('stop')).code).toBe(0);
    await expectDown(instance, processes);
  });

  it('of PostgreSQL under writes: it comes back, nothing acknowledged is lost, no service is restarted', async () => {
    const instance = await makeRunning();
    await addRow(instance, 0);
    const url = instance.database.ownerUrl;
    const supervisor = supervisorOf(instance);
    const services = servicesOf(instance);
    let acknowledged = 0;
    for (let round = 0; round < 3; round++) {
      const { identity } = instance.database;
      let stopWriting = false;
      const writing = (async () => {
        while (!stopWriting) {
          await query(url, 'insert into acknowledged values ($1)', [acknowledged + 1]);
          acknowledged += 1;
        }
      })().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 300));
      process.kill(identity.pid, 'SIGKILL');
      await writing;
      stopWriting = true;
      await waitUntil('a new PostgreSQL', () => {
        try {
          return instance.database.identity.pid !== identity.pid;
        } catch {
          return false;
        }
      });
      await waitUntil('an answer', () => answers(instance));
      const found = await waitUntil('the rows', () => rows(instance).catch(() => undefined));
      // The last insert may have been committed without an answer.
      expect(found.length - 1 - acknowledged).toBeLessThanOrEqual(1);
      expect(found.slice(0, acknowledged + 1)).toEqual(Array.from({ length: acknowledged + 1 }, (_, index) => index));
      await query(url, 'delete from acknowledged where value > $1', [acknowledged]);
    }
    expect(acknowledged).toBeGreaterThan(10);
    expect(isRunning(supervisor)).toBe(true);
    expect(services.every(isRunning)).toBe(true);
    await waitUntil('the lock', async () => (await instance.see('status')).stdout.includes('running'));
  });

  it('of any service: it is started again', async () => {
    const instance = await makeRunning();
    for (const name of serviceNames) {
      const before = serviceOf(instance, name);
      if (!before) throw new Error(`${name} does not run`);
      process.kill(before.pid, 'SIGKILL');
      const after = await waitUntil(`a new ${name}`, () => {
        const now = serviceOf(instance, name);
        return now && now.pid !== before.pid ? now : undefined;
      });
      expect(isRunning(after)).toBe(true);
      expect(await answers(instance)).toBe(true);
    }
    const status = await instance.seeJson<Status>('status');
    for (const name of serviceNames) expect(status.services[name]?.restarts).toBe(1);
  });

  it('of everything at once: the next start recovers', async () => {
    const instance = await makeRunning();
    await addRow(instance, 7);
    const processes = [supervisorOf(instance), ...servicesOf(instance), instance.database.identity];
    for (const { pid } of processes) process.kill(pid, 'SIGKILL');
    await instance.start();
    expect(await rows(instance)).toEqual([7]);
    expect(await answers(instance)).toBe(true);
  });

  it('of initdb and its starter: the next start begins anew', async () => {
    const instance = await make();
    const first = spawnCommand(process.execPath, [programs.fixture, 'start'], { environment: instance.environment });
    const staging = await waitUntil('a half-made cluster', () => {
      if (!existsSync(instance.dataDir)) return undefined;
      const { stateDir } = instance.layout;
      return readdirSync(stateDir).find((name) => name.startsWith('postgres.new-'));
    });
    first.child.kill('SIGKILL');
    expect((await first.ended).signal).toBe('SIGKILL');
    expect(existsSync(join(instance.layout.stateDir, 'postgres'))).toBe(false);
    await instance.start();
    expect(readdirSync(instance.layout.stateDir)).not.toContain(staging);
    expect(await answers(instance)).toBe(true);
  });

  it('of the package manager: the instance goes on, and a new start replaces it', async () => {
    const instance = await make();
    mkdirSync(instance.dataDir, { mode: 0o711 });
    // Stands in for pnpm: a program of that name whose child is the supervisor.
    const pnpm = join(instance.dataDir, '..', 'pnpm');
    writeFileSync(pnpm, `#!/bin/sh\n"${process.execPath}" "${programs.fixture}" "$@"\nexit $?\n`);
    chmodSync(pnpm, 0o755);
    const first = spawnCommand(pnpm, ['start'], { environment: instance.environment });
    await whenUp(first);
    await addRow(instance, 3);
    const supervisor = supervisorOf(instance);
    first.child.kill('SIGKILL');
    await waitUntil(
      'the supervisor to notice',
      async () => (await instance.seeJson<Status>('status')).supervisor?.orphaned,
    );
    expect(isRunning(supervisor)).toBe(true);
    expect(await answers(instance)).toBe(true);
    await instance.start();
    expect(isRunning(supervisor)).toBe(false);
    expect(await rows(instance)).toEqual([3]);
  });

  it('of npx only, by SIGTERM: "see stop" ends what is left', async () => {
    const instance = await make();
    const npx = spawnCommand('/bin/sh', ['-c', `"${process.execPath}" "${programs.fixture}" start; exit $?`], {
      environment: instance.environment,
    });
    await whenUp(npx);
    const supervisor = supervisorOf(instance);
    npx.child.kill('SIGTERM');
    await waitUntil('the end of the shell', () => npx.child.signalCode);
    expect(isRunning(supervisor)).toBe(true);
    expect((await instance.see('stop')).code).toBe(0);
    await expectDown(instance, [supervisor]);
  });
});
