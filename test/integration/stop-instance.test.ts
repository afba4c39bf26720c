import { existsSync } from 'node:fs';
import { isRunning, serviceNames } from '@see/db';
import { readProcessRecord } from '@see/process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoctorFinding } from '../../services/see/src/doctor.ts';
import type { Status } from '../../services/see/src/status.ts';
import { startInstance, type TestInstance } from '../support/instance.ts';
import { waitUntil } from '../support/wait-until.ts';

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.remove());

async function healthy(): Promise<boolean> {
  const faces = [instance.urls.va, instance.urls.portal, instance.urls.desk];
  const answers = await Promise.all(faces.map((url) => fetch(`${url}/healthz`).catch(() => undefined)));
  return answers.every((answer) => answer?.status === 200);
}

async function allReady(): Promise<boolean> {
  const services = readProcessRecord(instance.layout)?.services ?? {};
  return serviceNames.every((name) => services[name]?.ready) && (await healthy());
}

describe('a whole evaluation instance', () => {
  it('is up with every service, run by plain Node from its sources', async () => {
    const status = await instance.seeJson<Status>('status');
    expect(status).toMatchObject({ running: true, phase: 'running', instance: { preset: 'evaluation' } });
    for (const name of serviceNames) expect(status.services[name]).toMatchObject({ ready: true, restarts: 0 });
    expect(await healthy()).toBe(true);
  });

  it('is found in order by the doctor', async () => {
    const { findings } = await instance.seeJson<{ findings: DoctorFinding[] }>('doctor');
    expect(findings.length).toBeGreaterThan(10);
    expect(findings.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
    for (const name of serviceNames)
      expect(findings).toContainEqual(expect.objectContaining({ check: `login ${name}`, verdict: 'right' }));
  });

  it('gets each service back that is killed', async () => {
    for (const name of serviceNames) {
      const before = readProcessRecord(instance.layout)?.services[name];
      if (!before) throw new Error(`${name} does not run`);
      process.kill(before.pid, 'SIGKILL');
      await waitUntil(`the end of ${name}`, () => !isRunning(before));
    }
    await waitUntil('all services', allReady, 60_000);
  });

  it('goes on after its PostgreSQL was killed, without a service restarted', async () => {
    const services = readProcessRecord(instance.layout)?.services ?? {};
    const { identity } = instance.database;
    process.kill(identity.pid, 'SIGKILL');
    await waitUntil('a new PostgreSQL', () => {
      try {
        return instance.database.identity.pid !== identity.pid;
      } catch {
        return false;
      }
    });
    await waitUntil('all services', allReady, 60_000);
    for (const name of serviceNames) expect(isRunning(services[name] ?? identity)).toBe(true);
  });

  it('drains every service in time, and starts again', async () => {
    const before = performance.now();
    expect((await instance.see('stop')).code).toBe(0);
    expect(performance.now() - before).toBeLessThan(15_000);
    const output = (await instance.running?.ended)?.stdout;
    expect(output).toContain('Stopped');
    expect(output).not.toContain('was killed');
    expect(existsSync(instance.layout.processesFile)).toBe(false);
    await instance.start('up');
    expect(await healthy()).toBe(true);
  });
});
