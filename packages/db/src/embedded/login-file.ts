import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileDurable } from './durable-file.ts';

/** A new random password: 256 bits, safe in URLs and files. */
export function newPassword(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * The file that holds a login's password, one line, mode 0600, in the state folder's `login` folder (0700). A reader must own it: a file that
 * others can read is refused, so that a wrong restore is noticed.
 */
export function readLogin(stateDir: string, login: string): string | undefined {
  const path = join(stateDir, 'login', login);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return undefined;
  if (!found.isFile() || (found.mode & 0o077) !== 0) {
    throw new Error(`${path} must be a regular file with mode 0600; it holds a password`);
  }
  const password = readFileSync(path, 'utf8').trimEnd();
  return password === '' ? undefined : password;
}

/** Writes a login's password durably. */
export function writeLogin(stateDir: string, login: string, password: string): void {
  mkdirSync(join(stateDir, 'login'), { recursive: true, mode: 0o700 });
  writeFileDurable(join(stateDir, 'login', login), `${password}\n`, { mode: 0o600 });
}

/** A connection URL through the socket folder. It contains the password: never log it. */
export function socketUrl(runDir: string, login: string, password: string, database = 'see'): string {
  return `postgresql://${login}:${encodeURIComponent(password)}@localhost/${database}?host=${encodeURIComponent(runDir)}`;
}
