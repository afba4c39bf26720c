import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { canReach, ensurePassable, SYSTEM_STATE_DIR } from '@see/db';
import { allAccounts, hasSeparateAccounts } from './accounts.ts';

/** What the services run from; everything else of the workspace stays where it is. */
const PARTS = ['node_modules', 'packages', 'services', 'migrations', 'test', 'package.json'];
const PREFIX = 'app-';
const FRESH_MS = 600_000;

/**
 * Where our processes run from. Each service gives up root before it does anything, and later loads code that its libraries only then ask for; so when the
 * processes' accounts cannot reach the checkout (one under /root), it is linked, or copied where links are not possible, into a folder under /var/lib/see that is named after
 * its content and owned by root. Returns a function that maps a path inside the checkout to the one to use; every other path is returned as it is.
 *
 * Copies that no process runs from are removed.
 */
export function reachableCheckout(checkout: string, home: string = SYSTEM_STATE_DIR): (path: string) => string {
  const root = realpathSync(checkout);
  if (!hasSeparateAccounts() || allAccounts().every((account) => canReach(root, account))) return (path) => path;
  ensurePassable(home);
  const copy = join(home, `${PREFIX}${fingerprint(root)}`);
  if (!existsSync(copy)) {
    const aside = `${copy}.${randomBytes(4).toString('hex')}.new`;
    mkdirSync(aside, { mode: 0o755 });
    chmodSync(aside, 0o755);
    for (const part of PARTS) {
      if (existsSync(join(root, part))) linkTree(join(root, part), join(aside, part), root, copy);
    }
    moveInto(aside, copy);
  }
  const now = new Date();
  utimesSync(copy, now, now);
  removeUnused(home, copy);
  return (path) => (path.startsWith(`${root}/`) ? join(copy, relative(root, path)) : path);
}

/** Changes whenever a source, a dependency or the checkout's place changes. */
function fingerprint(root: string): string {
  const hash = createHash('sha256').update(root);
  const add = (path: string): void => {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (!found) return;
    if (!found.isDirectory()) {
      hash.update(`${path}\0${found.size}\0${found.mtimeMs}\0${found.ino}\n`);
    } else {
      for (const name of readdirSync(path).sort()) if (name !== 'node_modules') add(join(path, name));
    }
  };
  for (const part of PARTS) if (part !== 'node_modules') add(join(root, part));
  // pnpm rewrites these at each change of the dependencies.
  add(join(root, 'node_modules', '.modules.yaml'));
  add(join(root, 'node_modules', '.pnpm', 'lock.yaml'));
  return hash.digest('hex').slice(0, 12);
}

function linkTree(from: string, to: string, root: string, copy: string): void {
  const found = lstatSync(from);
  if (found.isDirectory()) {
    if (from === join(root, 'node_modules', '.cache')) return;
    mkdirSync(to);
    chmodSync(to, 0o755);
    for (const name of readdirSync(from)) linkTree(join(from, name), join(to, name), root, copy);
  } else if (found.isSymbolicLink()) {
    const target = readlinkSync(from);
    symlinkSync(target.startsWith(`${root}/`) ? join(copy, relative(root, target)) : target, to);
  } else if (found.isFile()) {
    linkOrCopy(from, to, found.mode);
  }
}

/** A link shares the file's mode, so one that others may not read is copied. There are no secrets among the sources. */
function linkOrCopy(from: string, to: string, mode: number): void {
  if ((mode & 0o004) !== 0 && couldLink(from, to)) return;
  copyFileSync(from, to);
  chmodSync(to, (mode & 0o111) === 0 ? 0o644 : 0o755);
}

/** False on another file system, or one without links. */
function couldLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/** Two starters may make the same copy; whoever comes second uses the first one's. */
function moveInto(aside: string, copy: string): void {
  try {
    renameSync(aside, copy);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
}

function removeUnused(home: string, current: string): void {
  if (!existsSync('/proc')) return;
  const running = runningPaths();
  for (const name of readdirSync(home)) {
    const path = join(home, name);
    if (!name.startsWith(PREFIX) || path === current) continue;
    const fresh = Date.now() - statSync(path).mtimeMs < FRESH_MS;
    if (!fresh && !running.some((text) => text.includes(`${path}/`))) rmSync(path, { recursive: true, force: true });
  }
}

/** The command lines of all processes; those that ended meanwhile are empty. */
function runningPaths(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    });
}
