import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where Node keeps what it made of our sources, so that the next start need not strip types and compile again: in the checkout, for whoever can write there can change the
 * code itself. Undefined when the folder cannot be made, belongs to another user or may be written by others; then everything works, a little slower.
 *
 * A service that gives up root cannot write here afterwards; see {@link runService}, which flushes before.
 */
export function compileCacheFolder(): string | undefined {
  const folder = join(import.meta.dirname, '../../../node_modules/.cache/see-compile');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { mode, uid } = lstatSync(folder);
    return uid === process.getuid?.() && (mode & 0o022) === 0 ? folder : undefined;
  } catch {
    return undefined;
  }
}
