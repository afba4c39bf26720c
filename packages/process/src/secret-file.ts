import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

const MAX_BYTES = 4096;

/**
 * Reads a secret of at most 4 KiB from a file that only its owner may read, without one final line end. Refuses a symbolic link in the last place, anything but a
 * regular file, an empty one, and one that others may read. Errors name the file, never its content.
 */
export function readSecretFile(path: string): Uint8Array {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = fstatSync(fd);
    if (!found.isFile()) throw new Error(`${path} must be a regular file`);
    if ((found.mode & 0o077) !== 0)
      throw new Error(`${path} holds a secret and may be read by others; set its mode to 0600`);
    if (found.size > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES} bytes`);
    return readSecret(fd, path);
  } finally {
    closeSync(fd);
  }
}

/** Reads a secret from an open descriptor to its end, under the same limits; `name` is what an error calls it. */
export function readSecret(fd: number, name: string): Uint8Array {
  const bytes = new Uint8Array(MAX_BYTES + 3);
  let length = 0;
  for (let read = -1; read !== 0; length += Math.max(read, 0)) read = readSome(fd, bytes, length);
  if (length > 0 && bytes[length - 1] === 0x0a) length -= 1;
  if (length > 0 && bytes[length - 1] === 0x0d) length -= 1;
  if (length === 0 || length > MAX_BYTES) throw new Error(`${name} is empty or too large`);
  return bytes.slice(0, length);
}

/** Number of bytes read, 0 at the end, -1 when a pipe has nothing yet. */
function readSome(fd: number, bytes: Uint8Array, offset: number): number {
  try {
    return readSync(fd, bytes, offset, bytes.length - offset, null);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    return -1;
  }
}
