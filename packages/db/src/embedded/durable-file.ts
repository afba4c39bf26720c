import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lchownSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A user and group id pair. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Flushes a folder's entries to the disk, so that a file just renamed into it survives a power cut. */
export function fsyncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * Writes a file so that after any crash it holds either the old or the new content, whole: written aside with the final mode and owner,
 * flushed, renamed, folder flushed. Throws the file system's own error and leaves no partial file.
 */
export function writeFileDurable(
  path: string,
  content: string | Uint8Array,
  options: { mode: number; owner?: Account },
): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}.new`;
  const fd = openSync(aside, 'wx', options.mode);
  try {
    fchmodSync(fd, options.mode);
    if (options.owner) fchownSync(fd, options.owner.uid, options.owner.gid);
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
    fsyncSync(fd);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
  renameSync(aside, path);
  fsyncFolder(dirname(path));
}

/** Gives a whole folder tree to another account and flushes every file and folder of it. Follows no symbolic link. */
export function handOverTree(folder: string, owner: Account): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      handOverTree(path, owner);
    } else if (entry.isFile()) {
      const fd = openSync(path, 'r');
      try {
        fchownSync(fd, owner.uid, owner.gid);
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
    } else {
      lchownSync(path, owner.uid, owner.gid);
    }
  }
  chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o700);
  fsyncFolder(folder);
}
