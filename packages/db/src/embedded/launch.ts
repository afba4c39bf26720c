import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Binaries } from './binaries.ts';
import type { Account } from './durable-file.ts';
import { EmbeddedError } from './embedded-error.ts';
import { readPostmasterFile, removeStaleFiles, runningPostmaster } from './postmaster-file.ts';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.ts';
import { serverSettings } from './server-settings.ts';

/** What PostgreSQL needs to be run on a cluster. */
export interface Launch {
  readonly cluster: string;
  readonly runDir: string;
  readonly logFile: string;
  readonly binaries: Binaries;
  readonly account?: Account;
  readonly progress: (message: string) => void;
}

/** After a kill -9 the old backends may hold the shared memory for a moment; PostgreSQL refuses to start until they are gone. */
const LEFTOVER = /pre-existing shared memory block|lock file ".*" already exists/;
const LEFTOVER_PATIENCE_MS = 60_000;

/**
 * The PostgreSQL that runs on the cluster: a living one is adopted, else a new one is started in a process group of its own, so that a Ctrl-C meant
 * for us does not reach it. Returns when it accepts connections; recovery after a crash takes as long as it takes, with a message every ten seconds.
 *
 * The caller holds the folder lock. Throws `start-failed` with the end of the log, or `in-use-elsewhere`.
 */
export async function launchPostgres(launch: Launch): Promise<{ identity: ProcessIdentity; adopted: boolean }> {
  const deadline = performance.now() + LEFTOVER_PATIENCE_MS;
  for (;;) {
    const living = runningPostmaster(launch.cluster);
    if (living) {
      if (await becomesReady(launch, living)) return { identity: living, adopted: true };
      continue;
    }
    await removeStaleFiles(launch.cluster, launch.runDir);
    const log = openSync(launch.logFile, 'a+', 0o600);
    try {
      const from = fstatSync(log).size;
      const identity = await spawnPostgres(launch, log);
      if (identity && (await becomesReady(launch, identity))) return { identity, adopted: false };
      const output = tail(log, from);
      if (!LEFTOVER.test(output) || performance.now() > deadline) {
        throw new EmbeddedError('start-failed', `PostgreSQL ended while starting; ${launch.logFile} says: ${output}`);
      }
    } finally {
      closeSync(log);
    }
    launch.progress('Waiting for the last processes of a killed PostgreSQL to end');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function spawnPostgres(launch: Launch, log: number): Promise<ProcessIdentity | undefined> {
  const { account, binaries, cluster, runDir } = launch;
  return new Promise((resolve, reject) => {
    const child = spawn(binaries.postgres, ['-D', cluster, ...serverSettings(runDir, account !== undefined)], {
      cwd: '/',
      detached: true,
      env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
      stdio: ['ignore', log, log],
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    child.once('error', (cause) => reject(new EmbeddedError('start-failed', 'PostgreSQL could not be run', { cause })));
    child.once('spawn', () => resolve(child.pid === undefined ? undefined : identifyProcess(child.pid)));
    child.unref();
  });
}

/** True when it accepts connections, false when it has ended first. */
async function becomesReady(launch: Launch, identity: ProcessIdentity): Promise<boolean> {
  const started = performance.now();
  let said = 0;
  while (isRunning(identity)) {
    const file = readPostmasterFile(launch.cluster);
    if (file?.pid === identity.pid && file.status === 'ready') return true;
    const seconds = Math.floor((performance.now() - started) / 10_000) * 10;
    if (seconds > said) {
      said = seconds;
      launch.progress(`PostgreSQL is ${file?.status === 'stopping' ? 'ending' : 'recovering'} (${seconds} s)`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

function tail(log: number, from: number): string {
  const size = fstatSync(log).size;
  const start = Math.max(from, size - 2_000);
  const bytes = Buffer.alloc(size - start);
  readSync(log, bytes, 0, bytes.length, start);
  return bytes.toString('utf8').trim();
}
