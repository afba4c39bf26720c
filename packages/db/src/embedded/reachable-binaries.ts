import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Binaries, binariesIn } from './binaries.ts';
import { type Account, fsyncFolder, writeFileDurable } from './durable-file.ts';
import { ensurePassable, SYSTEM_STATE_DIR } from './system-state-dir.ts';

const COMPLETE = '.complete';

/**
 * Binaries that the account can really run: the given ones, or a copy under `home` (default /var/lib/see) owned by the caller. A copy is made
 * aside and renamed, so an interrupted one is never used; a copy of another package version is replaced.
 */
export function reachableBinaries(binaries: Binaries, account: Account, home: string = SYSTEM_STATE_DIR): Binaries {
  if (canRun(binaries, account)) return binaries;
  const [major, minor] = binaries.packageVersion.split('.');
  const target = join(home, `pg-${major}.${minor}`);
  ensurePassable(home);
  for (const name of readdirSync(home)) {
    if (name.startsWith(`pg-${major}.${minor}.new-`)) removeIfOld(join(home, name));
  }
  if (copiedVersion(target) !== binaries.packageVersion) {
    const aside = `${target}.new-${randomBytes(6).toString('hex')}`;
    cpSync(binaries.root, aside, { recursive: true, verbatimSymlinks: true });
    writeFileDurable(join(aside, COMPLETE), binaries.packageVersion, { mode: 0o644 });
    replaceFolder(aside, target, binaries.packageVersion);
    fsyncFolder(home);
  }
  return binariesIn(target, binaries.packageVersion);
}

function canRun(binaries: Binaries, account: Account): boolean {
  const answer = spawnSync(binaries.postgres, ['--version'], {
    uid: account.uid,
    gid: account.gid,
    cwd: '/',
    env: { LC_ALL: 'C' },
    stdio: 'ignore',
    timeout: 10_000,
  });
  return answer.status === 0;
}

function copiedVersion(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const owner = lstatSync(folder);
  if (!owner.isDirectory() || owner.uid !== process.getuid?.()) return undefined;
  try {
    return readFileSync(join(folder, COMPLETE), 'utf8');
  } catch {
    return undefined;
  }
}

/** Two starters may copy at once; whoever comes second finds a complete copy and throws its own away. */
function replaceFolder(aside: string, target: string, version: string): void {
  try {
    renameSync(aside, target);
    return;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOTDIR') throw error;
  }
  if (copiedVersion(target) !== version) {
    // A PostgreSQL of another instance may still run from the old copy: on the systems we support it keeps its open files.
    const old = `${aside}.old`;
    renameSync(target, old);
    renameSync(aside, target);
    rmSync(old, { recursive: true, force: true });
  } else {
    rmSync(aside, { recursive: true, force: true });
  }
}

function removeIfOld(folder: string): void {
  const made = lstatSync(folder, { throwIfNoEntry: false });
  if (made && Date.now() - made.mtimeMs > 3_600_000) rmSync(folder, { recursive: true, force: true });
}
