import { closeSync, lstatSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const held = new Set<FolderLock>();

/**
 * The right to start, adopt or replace the PostgreSQL of one state folder. The kernel holds it (a byte-range lock, taken through SQLite because
 * Node has no such call of its own), so it ends with the process, however that ends, and it also holds between containers that share the folder.
 *
 * Who runs an instance is told by the advisory lock inside the database; this one guards the moments in which no database answers.
 */
export class FolderLock {
  readonly #file: DatabaseSync;

  private constructor(file: DatabaseSync) {
    this.#file = file;
    held.add(this);
  }

  /**
   * Takes the lock, or returns undefined when another process holds it, after a tenth of a second. Of processes that try at the
   * same moment one gets it. The file is made with mode 0600 and never removed.
   */
  static take(path: string): FolderLock | undefined {
    // Only a file that is not there yet is opened here: closing any descriptor of a locked file would drop this process's own lock on it.
    if (!lstatSync(path, { throwIfNoEntry: false })) createEmpty(path);
    if (!lstatSync(path).isFile()) throw new Error(`${path} is not a regular file; remove it`);
    const file = new DatabaseSync(path, { timeout: CONTENTION_MS });
    try {
      // The file stays empty; without a journal on the disk a kill leaves nothing behind either.
      file.exec('PRAGMA journal_mode=MEMORY; BEGIN EXCLUSIVE');
    } catch (error) {
      file.close();
      if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
      throw error;
    }
    return new FolderLock(file);
  }

  /** Takes the lock as soon as it is free; undefined when it is still held after the given time. */
  static async wait(path: string, timeoutMs: number): Promise<FolderLock | undefined> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const lock = FolderLock.take(path);
      if (lock || performance.now() > deadline) return lock;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Gives the lock back. Doing so twice is harmless. */
  release(): void {
    if (held.delete(this)) this.#file.close();
  }

  /** False after {@link release}: the launcher refuses to work on a lock that was given back. */
  get held(): boolean {
    return held.has(this);
  }
}

const SQLITE_BUSY = 5;
/** SQLite takes the lock in steps, and two that are half way refuse each other; with some patience one of them steps back. */
const CONTENTION_MS = 100;

function createEmpty(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
