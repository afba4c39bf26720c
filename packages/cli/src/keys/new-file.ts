import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { refused } from '@see/domain';

/** Writes a file that is not there yet, on disk when it returns. Throws RefusedError `file-exists`; nothing is replaced. */
export function writeNewFile(path: string, content: string | Uint8Array, mode: number): void {
  let file: number;
  try {
    file = openSync(path, 'wx', mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refused(
      'file-exists',
      code === 'EEXIST' ? `${path} exists; nothing was written` : `${path} can not be written: ${code}`,
    );
  }
  try {
    const octets = Buffer.from(content);
    for (let at = 0; at < octets.length; ) at += writeSync(file, octets, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
