import { readFileSync, rmSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { EmbeddedError } from './embedded-error.ts';
import { describeProcess, identifyProcess, type ProcessIdentity } from './process-identity.ts';

/** The file in which a PostgreSQL says that it runs; left behind when it is killed. */
export interface PostmasterFile {
  readonly pid: number;
  readonly socketDir: string;
  /** `starting`, `ready`, `stopping` …; empty while the file is being written. */
  readonly status: string;
}

/** Reads the cluster's postmaster.pid, or undefined when there is none or it is not yet whole. */
export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return { pid: Number(lines[0]), socketDir: lines[4] ?? '', status: (lines[7] ?? '').trim() };
}

/**
 * The PostgreSQL that really runs on this cluster, as its pid file names it: the program is `postgres`, was started with `-D` and this folder, and
 * works in this folder under the folder's owner. Anything else with that pid is a stranger.
 */
export function runningPostmaster(cluster: string): ProcessIdentity | undefined {
  const file = readPostmasterFile(cluster);
  const identity = file && identifyProcess(file.pid);
  return identity && worksOn(identity.pid, cluster) ? identity : undefined;
}

/**
 * Removes what a killed PostgreSQL left behind, so that a pid that now belongs to a stranger cannot block the start. Does nothing while ours runs.
 * Throws `in-use-elsewhere` when the socket still answers although no process here is to be seen: then another container runs it.
 */
export async function removeStaleFiles(cluster: string, runDir: string): Promise<void> {
  if (runningPostmaster(cluster)) return;
  const sockets = new Set([runDir, readPostmasterFile(cluster)?.socketDir ?? runDir].filter((folder) => folder !== ''));
  for (const folder of sockets) {
    if (await answers(join(folder, SOCKET))) {
      throw new EmbeddedError(
        'in-use-elsewhere',
        `a PostgreSQL answers in ${folder} but is no process that can be seen from here; stop it where it runs`,
      );
    }
  }
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
  rmSync(join(runDir, SOCKET), { force: true });
  rmSync(join(runDir, `${SOCKET}.lock`), { force: true });
}

/** PostgreSQL's socket file for the port number that we always use; it is private to the folder. */
export const SOCKET = '.s.PGSQL.5432';

function worksOn(pid: number, cluster: string): boolean {
  const found = describeProcess(pid);
  const here = statSync(cluster, { throwIfNoEntry: false });
  if (!found || !here || found.uid !== here.uid) return false;
  const [program, flag, named] = found.arguments;
  if (!program?.endsWith('/postgres') || flag !== '-D' || named === undefined) return false;
  const folder = found.folder ?? statSync(named, { throwIfNoEntry: false });
  return folder?.dev === here.dev && folder.ino === here.ino;
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ path });
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.setTimeout(2_000, () => done(true));
  });
}
