import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { describeProcess, identifyProcess, isRunning, signalProcess, waitForEnd } from './process-identity.ts';

describe('process identity', () => {
  it('names a running process and notices its end', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const identity = identifyProcess(child.pid ?? 0);
    expect(identity?.pid).toBe(child.pid);
    if (!identity) return;
    expect(isRunning(identity)).toBe(true);
    expect(describeProcess(identity.pid)?.arguments[1]).toBe('-e');
    expect(describeProcess(identity.pid)?.uid).toBe(process.getuid?.());
    expect(signalProcess(identity, 'SIGTERM')).toBe(true);
    expect(await waitForEnd(identity, 5_000)).toBe(true);
    expect(isRunning(identity)).toBe(false);
  });

  it('never signals a process that has taken over the pid', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const identity = identifyProcess(child.pid ?? 0);
    if (!identity) throw new Error('the child has no identity');
    const earlier = { pid: identity.pid, started: 'another-moment' };
    expect(signalProcess(earlier, 'SIGKILL')).toBe(false);
    expect(isRunning(identity)).toBe(true);
    child.kill();
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 40])('knows no process %d', (pid) => {
    expect(identifyProcess(pid)).toBeUndefined();
  });
});
