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
    const bytes = new Uint8Array(MAX_BYTES + 1);
    let length = 0;
    for (let read = -1; read !== 0; length += read) read = readSync(fd, bytes, length, bytes.length - length, null);
    if (length > 0 && bytes[length - 1] === 0x0a) length -= 1;
    if (length > 0 && bytes[length - 1] === 0x0d) length -= 1;
    if (length === 0 || length > MAX_BYTES) throw new Error(`${path} is empty or too large`);
    return bytes.slice(0, length);
  } finally {
    closeSync(fd);
  }
}
