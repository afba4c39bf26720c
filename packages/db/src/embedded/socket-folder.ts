import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Account } from './durable-file.ts';
import { EmbeddedError } from './embedded-error.ts';
import { SOCKET } from './postmaster-file.ts';
import { ensurePassable, SYSTEM_STATE_DIR } from './system-state-dir.ts';

/** Longest socket path that every supported system takes (macOS: 104 bytes with the final NUL; Linux: 108). */
const MAX_SOCKET_PATH = 103;

/** Whether PostgreSQL's socket would fit into this folder. */
export function isShortEnough(runDir: string): boolean {
  return Buffer.byteLength(`${runDir}/${SOCKET}`) <= MAX_SOCKET_PATH;
}

/**
 * Makes the socket folder, or checks the one that is there: a real folder that belongs to us and that no stranger may enter. With an account (root)
 * its group may enter, because each of our processes runs under its own user id and shares only that group. Throws `socket-folder`.
 */
export function prepareSocketFolder(runDir: string, account?: Account): void {
  if (!isShortEnough(runDir)) {
    throw new EmbeddedError('socket-folder', `the socket folder's path is too long for a socket: ${runDir}`);
  }
  const mine = process.getuid?.();
  if (account && dirname(runDir) === SYSTEM_STATE_DIR) ensurePassable(SYSTEM_STATE_DIR);
  mkdirSync(runDir, { recursive: true, mode: 0o700 });
  const found = lstatSync(runDir);
  const owners = account ? [account.uid, mine] : [mine];
  if (!found.isDirectory() || !owners.includes(found.uid)) {
    throw new EmbeddedError('socket-folder', `${runDir} belongs to someone else; remove it or ask its owner to`);
  }
  if (account) chownSync(runDir, account.uid, account.gid);
  chmodSync(runDir, account ? 0o710 : 0o700);
}
