import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Account } from './durable-file.ts';

/**
 * Whether an account may pass through every folder on the way to this one and into it, by owner, group and mode. Access lists that grant more are not
 * seen, so the answer errs towards no. The folder must exist.
 */
export function canReach(folder: string, account: Account): boolean {
  for (let path = realpathSync(folder); ; path = dirname(path)) {
    const { uid, gid, mode } = statSync(path);
    const bits = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode;
    if ((bits & 1) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
