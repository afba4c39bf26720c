import { execFile } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { serviceNames } from '@see/db';
import { describe, expect, it } from 'vitest';
import type { Status } from '../../services/see/src/status.ts';
import { whenUp } from '../support/instance.ts';
import { programs, runSee, spawnCommand } from '../support/see-command.ts';
import { addRow, answers, make, makeRunning, rows, servicesOf } from '../support/supervised.ts';

const workspace = join(import.meta.dirname, '../..');
const root = process.getuid?.() === 0;
// An ordinary user must be able to read the checkout; one under /root cannot be shown to any.
const nobody = { uid: 65_534, gid: 65_534 };
const help = root ? runSee({ program: 'fixture', environment: {}, account: nobody }, '--help') : undefined;
const readable = (await help?.catch(() => undefined))?.code === 0;
if (!root) console.warn('SKIPPED: tests of separate accounts need root');
if (root && !readable) console.warn(`SKIPPED: an ordinary user cannot read ${programs.fixture}`);

function uidOf(pid: number): number {
  return Number(/^Uid:\t\d+\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

describe.skipIf(!root)('as root', () => {
  it('in a folder under /root everything lives under /var/lib/see, each process with its own user id', async () => {
    const instance = await makeRunning({ under: '/root' });
    const status = await instance.seeJson<Status>('status');
    expect(status.stateDir).toMatch(/^\/var\/lib\/see\/[0-9a-f]{12}$/);
    expect(status.database.cluster).toBe(`${status.stateDir}/postgres`);
    expect((await instance.see('status')).stdout).toContain(status.stateDir);
    const uids = [instance.database.identity, ...servicesOf(instance)].map(({ pid }) => uidOf(pid));
    expect(uids).toHaveLength(serviceNames.length + 1);
    expect(new Set(uids).size).toBe(uids.length);
    expect(uids.every((uid) => uid > 64_000 && uid < 65_000)).toBe(true);
    for (const { pid } of servicesOf(instance)) {
      const groups = /^Groups:\t(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]?.trim();
      expect(groups).toBe('');
    }
    for (const service of serviceNames) {
      const own = statSync(join(status.stateDir ?? '', service));
      expect(own.mode & 0o777).toBe(0o700);
      expect(own.uid).toBe(uidOf(status.services[service]?.pid ?? 0));
    }
    expect(lstatSync(instance.layout.outboxDir).isSymbolicLink()).toBe(true);
    expect(await answers(instance)).toBe(true);
  });

  it('a data folder that was deleted and made anew never meets the old database', async () => {
    const instance = await makeRunning({ under: '/root' });
    await addRow(instance, 1);
    const { stateDir } = instance.layout;
    instance.running?.child.kill('SIGKILL');
    await instance.running?.ended;
    rmSync(instance.dataDir, { recursive: true });
    await instance.start();
    expect(instance.layout.stateDir).toBe(stateDir);
    const kept = /is kept in (\S+)/.exec(instance.running?.output() ?? '')?.[1];
    expect(kept && existsSync(join(kept, 'postgres', 'PG_VERSION'))).toBe(true);
    await expect(rows(instance)).rejects.toMatchObject({ code: '42P01' });
    if (kept?.startsWith(`${stateDir}.`)) rmSync(kept, { recursive: true });
  });

  it.each(['fixture', 'see'] as const)(
    'from a checkout under /root, %s services run from a copy that they can reach',
    async (kind) => {
      const checkout = mkdtempSync('/root/see-checkout-');
      try {
        for (const part of ['node_modules', 'packages', 'services', 'migrations', 'test', 'package.json']) {
          await promisify(execFile)('/bin/cp', ['-al', join(workspace, part), join(checkout, part)]);
        }
        const program = join(checkout, relative(workspace, programs[kind]));
        const node = join(checkout, relative(workspace, realpathSync(process.execPath)));
        const instance = await make({ under: '/root', program: kind });
        const running = spawnCommand(node, [program, 'start'], { environment: instance.environment });
        await whenUp(running);
        const status = await instance.seeJson<Status>('status');
        for (const service of serviceNames) {
          const pid = status.services[service]?.pid ?? 0;
          expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toMatch(
            /^\/var\/lib\/see\/app-[0-9a-f]{12}\/node_modules\//,
          );
          expect(uidOf(pid)).toBeGreaterThan(64_000);
        }
        const faces = [instance.urls.va, instance.urls.portal, instance.urls.desk];
        for (const url of faces) expect((await fetch(`${url}/healthz`)).status).toBe(200);
        expect((await instance.see('stop')).code).toBe(0);
      } finally {
        rmSync(checkout, { recursive: true });
      }
    },
  );

  it('refuses a cluster that an ordinary user made', async ({ skip }) => {
    if (!readable) skip();
    const instance = await makeRunning({ account: nobody });
    await instance.see('stop');
    const result = await runSee({ program: 'fixture', environment: instance.environment }, 'start');
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('state-folder-foreign');
  });
});

describe.skipIf(root && !readable)('as an ordinary user', () => {
  const account = root ? { account: nobody } : {};

  it('everything lives in the data folder, which no one else may enter, and it is said that all share one user', async () => {
    const instance = await makeRunning(account);
    const status = await instance.seeJson<Status>('status');
    expect(status.stateDir).toBe(instance.dataDir);
    expect(statSync(instance.dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(instance.dataDir, 'instance.json')).mode & 0o777).toBe(0o644);
    expect(instance.running?.output()).toContain('All processes run as one user');
    expect((await instance.see('doctor')).stdout).toContain('all processes run as one user');
    expect(await answers(instance)).toBe(true);
    await addRow(instance, 5);
    instance.running?.child.kill('SIGKILL');
    await instance.start();
    expect(await rows(instance)).toEqual([5]);
  });

  it('refuses an instance that root made under /var/lib/see', async ({ skip }) => {
    if (!root) skip();
    const instance = await make({ under: '/tmp' });
    await instance.start();
    const result = await runSee({ program: 'fixture', environment: instance.environment, account: nobody }, 'start');
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('state-folder-foreign');
    expect(await answers(instance)).toBe(true);
  });
});
