import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Replaces a file so that after a crash it holds either the old or the new octets: written aside (mode 0600), fsynced,
 * renamed, and the folder fsynced. Returns only when the new content is durable.
 */
export function durableWrite(path: string, bytes: Uint8Array): void {
  const aside = `${path}.new`;
  const file = openSync(aside, 'w', 0o600);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(aside, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
