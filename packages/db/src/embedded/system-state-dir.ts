import { chmodSync, mkdirSync, statSync } from 'node:fs';

/** Where root keeps what unprivileged processes must reach and a folder under /root does not let them. */
export const SYSTEM_STATE_DIR = '/var/lib/see';

/** Makes a folder of ours that everyone may pass through, or lets them through one that is there. Its content is guarded by its own folders. */
export function ensurePassable(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const { mode } = statSync(folder);
  if ((mode & 0o111) !== 0o111) chmodSync(folder, (mode & 0o777) | 0o111);
}
