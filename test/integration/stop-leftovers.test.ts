import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { identifyProcess, isRunning, type ProcessIdentity } from '@see/db';
import { afterEach, describe, expect, it } from 'vitest';
import { answers, make, makeRunning } from '../support/supervised.ts';

const strangers: ChildProcess[] = [];
afterEach(() => {
  for (const stranger of strangers.splice(0)) stranger.kill('SIGKILL');
});

describe('files that others left', () => {
  async function stranger(): Promise<ProcessIdentity> {
    const account = process.getuid?.() === 0 ? { uid: 64_101, gid: 64_100 } : {};
    const child = spawn('/bin/sleep', ['600'], { stdio: 'ignore', cwd: '/', ...account });
    strangers.push(child);
    await once(child, 'spawn');
    const identity = identifyProcess(child.pid ?? 0);
    if (!identity) throw new Error('the stranger has no identity');
    return identity;
  }

  it('a pid file whose pid belongs to a stranger now is removed, the stranger is left alone', async () => {
    const instance = await makeRunning();
    await instance.see('stop');
    const other = await stranger();
    const { stateDir, database } = instance.layout;
    const cluster = join(stateDir, 'postgres');
    const text = `${other.pid}\n${cluster}\n1795311223\n5432\n${database.runDir}\n\n  9977985         4\nready   \n`;
    writeFileSync(join(cluster, 'postmaster.pid'), text, { mode: 0o600 });
    writeFileSync(join(database.runDir, '.s.PGSQL.5432.lock'), text, { mode: 0o600 });
    expect((await instance.see('stop')).code).toBe(0);
    expect(isRunning(other)).toBe(true);
    writeFileSync(join(cluster, 'postmaster.pid'), text, { mode: 0o600 });
    await instance.start();
    expect(isRunning(other)).toBe(true);
    expect(await answers(instance)).toBe(true);
  });

  it('a record that names a stranger as supervisor and service leads to no signal', async () => {
    const instance = await makeRunning();
    await instance.see('stop');
    const other = await stranger();
    const forged = { pid: other.pid, started: 'long-ago', since: new Date(0).toISOString(), ready: true, restarts: 0 };
    const record = { v: 1, phase: 'running', supervisor: forged, services: { ra: forged } };
    writeFileSync(instance.layout.processesFile, JSON.stringify(record), { mode: 0o600 });
    expect((await instance.see('stop')).code).toBe(0);
    expect(isRunning(other)).toBe(true);
  });

  it('a folder that is no cluster is refused and kept', async () => {
    const instance = await make();
    const cluster = join(instance.dataDir, 'postgres');
    mkdirSync(cluster, { recursive: true });
    chmodSync(instance.dataDir, 0o711);
    if (process.getuid?.() === 0) chownSync(cluster, 64_101, 64_100);
    writeFileSync(join(instance.dataDir, 'postgres', 'precious'), 'data');
    const result = await instance.see('start');
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('cluster-foreign');
    expect(readFileSync(join(instance.dataDir, 'postgres', 'precious'), 'utf8')).toBe('data');
  });

  it('a program that listens on a port of ours is named, and nothing is left running', async () => {
    const instance = await make();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(instance.ports.portal, '127.0.0.1', resolve));
    const result = await instance.see('start');
    server.close();
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(`port ${instance.ports.portal} is used by another program`);
    expect(result.stderr).toContain('SEE_PORTAL_PORT');
    expect(() => instance.database).toThrow('does not run');
    await instance.start();
    expect(await answers(instance)).toBe(true);
  });

  it('lost facts are restored from their copy, and no new instance is made over the old one', async () => {
    const instance = await makeRunning();
    const before = instance.facts;
    await instance.see('stop');
    rmSync(join(instance.dataDir, 'instance.json'));
    const again = await instance.start();
    expect(again.output()).toContain('instance.json was missing');
    expect(instance.facts).toEqual(before);
  });
});
