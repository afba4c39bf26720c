import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderLock } from './folder-lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'see-lock-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const run = promisify(execFile);
const taker = `
  const { FolderLock } = await import(process.argv[1]);
  console.log(FolderLock.take(process.argv[2]) ? 'taken' : 'held');
  if (process.argv[3]) process.kill(process.pid, 'SIGKILL');`;

async function takeElsewhere(path: string, kill = false): Promise<string> {
  const module = new URL('./folder-lock.ts', import.meta.url).href;
  const options = ['--input-type=module', '-e', taker, module, path, ...(kill ? ['kill'] : [])];
  const answer = await run(process.execPath, options).catch((error: { stdout: string }) => error);
  return answer.stdout.trim();
}

/** Another process that is half way to the lock, as SQLite takes it in steps, and steps back after a moment. */
const halfWay = `
  const { DatabaseSync } = await import('node:sqlite');
  const file = new DatabaseSync(process.argv[1]);
  file.exec('BEGIN; SELECT count(*) FROM sqlite_master');
  process.stdout.write('half way');
  setTimeout(() => file.close(), 40);`;

describe('FolderLock', () => {
  it('is held by one process at a time and free after release', async () => {
    const path = join(folder, 'lock');
    const lock = FolderLock.take(path);
    expect(lock?.held).toBe(true);
    expect(FolderLock.take(path)).toBeUndefined();
    expect(await takeElsewhere(path)).toBe('held');
    lock?.release();
    lock?.release();
    expect(lock?.held).toBe(false);
    expect(await takeElsewhere(path)).toBe('taken');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is not refused to both of two that take it at the same moment', async () => {
    const path = join(folder, 'lock');
    const other = spawn(process.execPath, ['--input-type=module', '-e', halfWay, path]);
    const ended = once(other, 'exit');
    await once(other.stdout, 'data');
    const lock = FolderLock.take(path);
    expect(lock?.held).toBe(true);
    await ended;
    lock?.release();
  });

  it('is free after its holder was killed', async () => {
    const path = join(folder, 'lock');
    expect(await takeElsewhere(path, true)).toBe('taken');
    FolderLock.take(path)?.release();
    const lock = await FolderLock.wait(path, 1_000);
    expect(lock?.held).toBe(true);
    lock?.release();
  });

  it('gives up waiting in time', async () => {
    const path = join(folder, 'lock');
    const lock = FolderLock.take(path);
    expect(await FolderLock.wait(path, 100)).toBeUndefined();
    lock?.release();
  });

  it('refuses a symbolic link', () => {
    symlinkSync('/dev/null', join(folder, 'lock'));
    expect(() => FolderLock.take(join(folder, 'lock'))).toThrow('not a regular file');
  });
});
